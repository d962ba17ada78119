/** Claims: kept, checked against AR24, and replaced if AR24 contradicted them. */
import { expect, test } from '@jest/globals';
import { plan } from '../../workflows/plan/plan.ts';
import { viewOf } from '../../workflows/show/view.ts';
import type { Event } from '../../workflows/state/events.ts';
import {
  ABSENT,
  MINUTE,
  SECOND,
  START,
  SENT,
  acting,
  answer,
  attached,
  senderAfter,
  accountRead,
  then,
} from './events.ts';

const OURS = { emailVerified: true } as const;
const BY_CLAIM = { termsProof: 'claim' } as const;
/** Only the terms are missing. */
const hidden = attached({ email: 'yes', terms: 'unseen' });

const claim = (what: string, by: string, at: number): Event => ({
  kind: 'accepted',
  message: { what, by },
  at,
});

const iso = (at: number) => new Date(at).toISOString();

test('a claim that proves the terms is checked at AR24 before it ends the onboarding', () => {
  const claimedAt = START + MINUTE;
  const sender = senderAfter(
    [
      accountRead(hidden, START),
      acting('request-terms', START),
      answer('terms-requested', SENT, null, START),
      claim('terms', 'them', claimedAt),
    ],
    OURS,
    BY_CLAIM,
  );
  expect(plan(sender, claimedAt)).toMatchObject({ do: 'read-account' });
  const read = then(sender, accountRead(hidden, claimedAt + SECOND));
  expect(plan(read, claimedAt + SECOND)).toMatchObject({
    do: 'finish',
    outcome: { kind: 'ready' },
  });
  const lost = then(sender, accountRead(attached(), claimedAt + SECOND));
  expect(plan(lost, claimedAt + SECOND)).not.toMatchObject({ do: 'finish' });
});

test.each([
  ['found', [accountRead(hidden, START + SECOND)]],
  [
    'created',
    [
      answer('access-requested', { kind: 'refused', slug: 'user_not_exist' }, ABSENT, START),
      acting('create-account', START),
      accountRead(hidden, START + SECOND),
    ],
  ],
] as const)('terms claimed before the account was %s are mailed all the same', (_how, events) => {
  const sender = senderAfter([claim('terms', 'them', START), ...events], OURS, BY_CLAIM);
  const at = START + 2 * SECOND;
  expect(plan(sender, at)).toMatchObject({ do: 'request-terms' });
  const mailed = then(
    sender,
    acting('request-terms', at),
    answer('terms-requested', SENT, null, at + SECOND, at),
    accountRead(hidden, at + 2 * SECOND),
  );
  expect(plan(mailed, at + 2 * SECOND)).toEqual({ do: 'wait' });
  expect(viewOf(mailed, at)).toMatchObject({ status: 'awaiting-terms', claims: [] });
});

test('terms claimed while AR24 is still mailing them count', () => {
  const sender = senderAfter(
    [
      accountRead(hidden, START),
      acting('request-terms', START + SECOND),
      claim('terms', 'them', START + 2 * SECOND),
      answer('terms-requested', SENT, null, START + 3 * SECOND, START + SECOND),
    ],
    OURS,
    BY_CLAIM,
  );
  expect(plan(sender, START + 3 * SECOND)).toMatchObject({ do: 'read-account' });
  const read = then(sender, accountRead(hidden, START + 4 * SECOND));
  expect(plan(read, START + 4 * SECOND)).toMatchObject({
    do: 'finish',
    outcome: { kind: 'ready' },
  });
});

test('a reminder leaves earlier claims as they are', () => {
  const sender = senderAfter([
    accountRead(attached(), START),
    acting('request-terms', START),
    answer('terms-requested', SENT, null, START),
    claim('terms', 'them', START + MINUTE),
    acting('request-terms', START + 2 * MINUTE),
    answer('terms-requested', SENT, attached(), START + 2 * MINUTE),
  ]);
  expect(viewOf(sender, START + 2 * MINUTE).claims).toMatchObject([{ what: 'terms', by: 'them' }]);
});

test('a claim that AR24 contradicted is replaced by the next one; a claim that is not contradicted stays', () => {
  const [first, second, third] = [START + MINUTE, START + 2 * MINUTE, START + 4 * MINUTE];
  const claimed = senderAfter([
    accountRead(attached(), START),
    claim('email', 'first', first),
    claim('email', 'second', second),
  ]);
  expect(viewOf(claimed, second).claims).toEqual([
    { what: 'email', by: 'first', at: iso(first), contradicted: false },
  ]);
  const contradicted = then(claimed, accountRead(attached(), START + 3 * MINUTE));
  expect(viewOf(contradicted, third).claims).toMatchObject([{ by: 'first', contradicted: true }]);
  const replaced = then(contradicted, claim('email', 'third', third));
  expect(viewOf(replaced, third).claims).toEqual([
    { what: 'email', by: 'third', at: iso(third), contradicted: false },
  ]);
});
