/** What people say to be done: kept, read against AR24, and replaced where AR24 said otherwise. */
import { expect, test } from '@jest/globals';
import { plan } from '../../workflows/plan/plan.ts';
import { viewOf } from '../../workflows/show/view.ts';
import type { Event } from '../../workflows/state/events.ts';
import {
  ABSENT,
  MINUTE,
  SECOND,
  START,
  TAKEN,
  acting,
  answer,
  attached,
  lived,
  looked,
  then,
} from './events.ts';

const OURS = { emailVerified: true } as const;
/** ONBOARDING_TERMS_PROOF=claim; all is there but the terms. */
const byClaim = attached({ email: 'yes', terms: 'unseen', termsByClaim: true });

const says = (what: string, by: string, at: number): Event => ({
  kind: 'accepted',
  message: { what, by },
  at,
});

const iso = (at: number) => new Date(at).toISOString();

test('a claim that proves the terms is read against AR24 before it ends the onboarding', () => {
  const claimedAt = START + MINUTE;
  const sender = lived(
    [
      looked(byClaim, START),
      acting('request-terms', START),
      answer('terms-requested', TAKEN, null, START),
      says('terms', 'them', claimedAt),
    ],
    OURS,
  );
  expect(plan(sender, claimedAt)).toMatchObject({ do: 'look' });
  const read = then(sender, looked(byClaim, claimedAt + SECOND));
  expect(plan(read, claimedAt + SECOND)).toMatchObject({
    do: 'finish',
    outcome: { kind: 'ready' },
  });
  const lost = then(sender, looked(attached({ termsByClaim: true }), claimedAt + SECOND));
  expect(plan(lost, claimedAt + SECOND)).not.toMatchObject({ do: 'finish' });
});

test.each([
  ['found', [looked(byClaim, START + SECOND)]],
  [
    'created',
    [
      answer('access-requested', { kind: 'refused', slug: 'user_not_exist' }, ABSENT, START),
      acting('create-account', START),
      looked(byClaim, START + SECOND),
    ],
  ],
] as const)('terms claimed before the account was %s are mailed all the same', (_how, events) => {
  const sender = lived([says('terms', 'them', START), ...events], OURS);
  const at = START + 2 * SECOND;
  expect(plan(sender, at)).toMatchObject({ do: 'request-terms' });
  const mailed = then(
    sender,
    acting('request-terms', at),
    answer('terms-requested', TAKEN, null, at + SECOND, at),
    looked(byClaim, at + 2 * SECOND),
  );
  expect(plan(mailed, at + 2 * SECOND)).toEqual({ do: 'wait' });
  expect(viewOf(mailed, at)).toMatchObject({ status: 'awaiting-terms', claims: [] });
});

test('terms claimed while AR24 is still mailing them count', () => {
  const sender = lived(
    [
      looked(byClaim, START),
      acting('request-terms', START + SECOND),
      says('terms', 'them', START + 2 * SECOND),
      answer('terms-requested', TAKEN, null, START + 3 * SECOND, START + SECOND),
    ],
    OURS,
  );
  expect(plan(sender, START + 3 * SECOND)).toMatchObject({ do: 'look' });
  const read = then(sender, looked(byClaim, START + 4 * SECOND));
  expect(plan(read, START + 4 * SECOND)).toMatchObject({
    do: 'finish',
    outcome: { kind: 'ready' },
  });
});

test('a reminder leaves what was claimed before it', () => {
  const sender = lived([
    looked(attached(), START),
    acting('request-terms', START),
    answer('terms-requested', TAKEN, null, START),
    says('terms', 'them', START + MINUTE),
    acting('request-terms', START + 2 * MINUTE),
    answer('terms-requested', TAKEN, attached(), START + 2 * MINUTE),
  ]);
  expect(viewOf(sender, START + 2 * MINUTE).claims).toMatchObject([{ what: 'terms', by: 'them' }]);
});

test('a claim that AR24 contradicted is replaced by the next; one that stands is not', () => {
  const [first, second, third] = [START + MINUTE, START + 2 * MINUTE, START + 4 * MINUTE];
  const claimed = lived([
    looked(attached(), START),
    says('email', 'first', first),
    says('email', 'second', second),
  ]);
  expect(viewOf(claimed, second).claims).toEqual([
    { what: 'email', by: 'first', at: iso(first), contradicted: false },
  ]);
  const contradicted = then(claimed, looked(attached(), START + 3 * MINUTE));
  expect(viewOf(contradicted, third).claims).toMatchObject([{ by: 'first', contradicted: true }]);
  const anew = then(contradicted, says('email', 'third', third));
  expect(viewOf(anew, third).claims).toEqual([
    { what: 'email', by: 'third', at: iso(third), contradicted: false },
  ]);
});
