/** What single events change: those whose order random lives seldom meet. */
import { expect, test } from '@jest/globals';
import { plan, wakeAt } from '../../workflows/plan/plan.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { registrationForm } from '../support/people.ts';
import {
  ABSENT,
  START,
  TAKEN,
  UNAVAILABLE,
  acting,
  answer,
  askedForAccess,
  attached,
  failed,
  lived,
  looked,
} from './events.ts';

test('a hint that comes while a look is under way is followed by another look', () => {
  const sender = lived([
    askedForAccess(START),
    { kind: 'check', at: START + 10_000 },
    { kind: 'check', at: START + 12_000 },
    looked(UNAVAILABLE, START + 15_000, START + 10_000),
  ]);
  expect(wakeAt(sender, START + 15_000).soon).toBe(START + 25_000);
  expect(plan(sender, START + 25_000)).toMatchObject({ do: 'look' });
});

test('one who accepts while he is still being asked is looked at at once', () => {
  const sender = lived([
    { kind: 'accepted', message: { what: 'attachment' }, at: START + 500 },
    answer('access-requested', TAKEN, UNAVAILABLE, START + 1_000, START),
  ]);
  expect(plan(sender, START + 1_000)).toMatchObject({ do: 'look' });
});

test('a refusal that is claimed while a look is under way does not stand on that look', () => {
  const claimed = lived([
    askedForAccess(START),
    { kind: 'check', at: START + 10_000 },
    { kind: 'refused', message: { by: 'them' }, at: START + 12_000 },
    looked(UNAVAILABLE, START + 15_000, START + 10_000),
  ]);
  expect(claimed.access).toBe('asked');
  const read = reduce(claimed, looked(UNAVAILABLE, START + 26_000, START + 25_000));
  expect(plan(read, START + 26_000)).toMatchObject({
    do: 'finish',
    outcome: { kind: 'refused', by: 'them' },
  });
});

test('a hint that is held back at the deadline is followed before anything is given up', () => {
  const sender = lived([askedForAccess(START)], {}, { reminderDays: [] });
  const { deadlineAt } = sender;
  const hinted = [
    { kind: 'check', at: deadlineAt - 5_000 } as const,
    looked(UNAVAILABLE, deadlineAt - 4_000, deadlineAt - 5_000),
    { kind: 'check', at: deadlineAt - 1_000 } as const,
    looked(UNAVAILABLE, deadlineAt + 1_000, deadlineAt - 2_000),
  ].reduce<Sender>(reduce, sender);
  expect(plan(hinted, deadlineAt + 1_000)).toEqual({ do: 'wait' });
  expect(wakeAt(hinted, deadlineAt + 1_000)).toEqual({ soon: deadlineAt + 11_000, later: null });
});

test('what was said of an account that is gone proves nothing of the next', () => {
  const sender = lived(
    [
      looked(attached(), START),
      { kind: 'overridden', requirement: 'email', by: 'ops', reason: 'seen', at: START + 1 },
      { kind: 'accepted', message: { what: 'terms' }, at: START + 2 },
      looked(ABSENT, START + 3),
      { kind: 'overridden', requirement: 'operator', by: 'ops', reason: 'anew', at: START + 4 },
    ],
    { emailVerified: true },
  );
  expect(sender).toMatchObject({ access: 'unknown', account: null, claims: {}, asked: {} });
  expect(sender.overrides.map(({ question }) => question)).toEqual(['account-gone']);
});

test('a corrected address is tried at once, whatever trouble the old one met', () => {
  const failure = { problem: 'unknown-slug', slug: 'surprise' } as const;
  const corrected = { email: 'new@example.org', emailHash: '1.abc', emailVerified: false };
  const sender = lived([
    failed('request-access', failure, START),
    { kind: 'address-corrected', address: corrected, at: START + 60_000 },
  ]);
  expect(sender).toMatchObject({ problem: null, lastLook: null });
  expect(plan(sender, START + 60_000)).toMatchObject({ do: 'request-access' });
});

test.each([
  ['that never reached AR24 leaves nothing to read back', 'no', false],
  ['that may have reached AR24 is read back', undefined, true],
] as const)('a creation %s', (_name, delivered, readBack) => {
  const refused = { kind: 'refused', slug: 'user_not_exist' } as const;
  const at = START + 3_600_000;
  const sender = lived(
    [
      answer('access-requested', refused, ABSENT, START),
      acting('create-account', START),
      failed('create-account', { problem: 'credentials', delivered }, START),
    ],
    { registration: registrationForm() },
  );
  expect(plan(sender, at)).toMatchObject({ do: 'create-account', readBack });
});
