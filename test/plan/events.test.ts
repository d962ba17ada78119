/** Single events whose order is rare in random simulations. */
import { expect, test } from '@jest/globals';
import { plan, wakeAt } from '../../workflows/plan/plan.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { registrationForm } from '../support/people.ts';
import {
  ABSENT,
  START,
  SENT,
  UNAVAILABLE,
  acting,
  answer,
  accessRequested,
  attached,
  failed,
  senderAfter,
  accountRead,
} from './events.ts';

test('a hint that arrives during a read is followed by another read', () => {
  const sender = senderAfter([
    accessRequested(START),
    { kind: 'check', at: START + 10_000 },
    { kind: 'check', at: START + 12_000 },
    accountRead(UNAVAILABLE, START + 15_000, START + 10_000),
  ]);
  expect(wakeAt(sender, START + 15_000).soon).toBe(START + 25_000);
  expect(plan(sender, START + 25_000)).toMatchObject({ do: 'read-account' });
});

test('an acceptance that arrives during the access request has AR24 read at once', () => {
  const sender = senderAfter([
    { kind: 'accepted', message: { what: 'attachment' }, at: START + 500 },
    answer('access-requested', SENT, UNAVAILABLE, START + 1_000, START),
  ]);
  expect(plan(sender, START + 1_000)).toMatchObject({ do: 'read-account' });
});

test('a hint that is delayed at the deadline is followed before the onboarding expires', () => {
  const sender = senderAfter([accessRequested(START)], {}, { reminderDays: [] });
  const { deadlineAt } = sender.waiting;
  const hinted = [
    { kind: 'check', at: deadlineAt - 5_000 } as const,
    accountRead(UNAVAILABLE, deadlineAt - 4_000, deadlineAt - 5_000),
    { kind: 'check', at: deadlineAt - 1_000 } as const,
    accountRead(UNAVAILABLE, deadlineAt + 1_000, deadlineAt - 2_000),
  ].reduce<Sender>(reduce, sender);
  expect(plan(hinted, deadlineAt + 1_000)).toEqual({ do: 'wait' });
  expect(wakeAt(hinted, deadlineAt + 1_000)).toEqual({ soon: deadlineAt + 11_000, later: null });
});

test('claims about an account that is gone prove nothing for the next one', () => {
  const sender = senderAfter(
    [
      accountRead(attached(), START),
      { kind: 'overridden', requirement: 'email', by: 'ops', reason: 'seen', at: START + 1 },
      { kind: 'accepted', message: { what: 'terms' }, at: START + 2 },
      accountRead(ABSENT, START + 3),
      { kind: 'overridden', requirement: 'operator', by: 'ops', reason: 'again', at: START + 4 },
    ],
    { emailVerified: true },
  );
  expect(sender).toMatchObject({
    access: { kind: 'unknown', held: null },
    claims: {},
    requests: {},
  });
  expect(sender.overrides.map(({ question }) => question)).toEqual(['account-gone']);
});

test('a corrected address is tried at once, whatever problem the old one had', () => {
  const failure = { problem: 'unknown-slug', slug: 'surprise', delivered: 'no' } as const;
  const corrected = {
    email: 'new@example.org',
    emailHashes: ['1.abc'],
    emailVerified: false,
    by: 'ops',
  };
  const sender = senderAfter([
    failed('request-access', failure, START),
    { kind: 'address-corrected', address: corrected, at: START + 60_000 },
  ]);
  expect(sender).toMatchObject({ problem: null, lastRead: null });
  expect(plan(sender, START + 60_000)).toMatchObject({ do: 'read-account' });
});

test.each([
  ['that never reached AR24 leaves nothing to read back', 'no', false],
  ['that may have reached AR24 is read back', 'unknown', true],
] as const)('a creation %s', (_name, delivered, readBack) => {
  const refused = { kind: 'refused', slug: 'user_not_exist' } as const;
  const at = START + 3_600_000;
  const sender = senderAfter(
    [
      answer('access-requested', refused, ABSENT, START),
      acting('create-account', START),
      failed('create-account', { problem: 'credentials', delivered }, START),
    ],
    { registration: registrationForm() },
  );
  expect(plan(sender, at)).toMatchObject({ do: 'create-account', readBack });
});
