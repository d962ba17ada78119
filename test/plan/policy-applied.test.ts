/** What a changed policy does to the deadline of an open onboarding. */
import { expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '../../workflows/contract/index.ts';
import type { Event } from '../../workflows/state/events.ts';
import {
  DAY,
  HOUR,
  START,
  UNAVAILABLE,
  accessRequested,
  failed,
  senderAfter,
  accountRead,
  then,
} from './events.ts';

const OPEN = [accessRequested(START), accountRead(UNAVAILABLE, START)];

function applied(deadlineDays: number, at: number): Event {
  return {
    kind: 'policy-read',
    policy: { ...DEFAULT_POLICY, deadlineDays },
    fingerprint: `days-${deadlineDays}`,
    at,
  };
}

test.each([10, 60])('a deadline that an operator set stays under a policy of %d days', (days) => {
  const until = START + 45 * DAY;
  const extended = then(senderAfter(OPEN), { kind: 'extended', until, at: START + 20 * DAY });
  expect(then(extended, applied(days, START + 21 * DAY)).waiting.deadlineAt).toBe(until);
});

test('a deadline that progress moved past an operator’s follows the policy again', () => {
  const sender = then(
    senderAfter([]),
    { kind: 'extended', until: START + 31 * DAY, at: START + DAY },
    accessRequested(START + 5 * DAY),
  );
  expect(sender.waiting.deadlineAt).toBe(START + 35 * DAY);
  expect(then(sender, applied(40, START + 6 * DAY)).waiting.deadlineAt).toBe(START + 45 * DAY);
});

test('a shorter policy moves the deadline by the difference', () => {
  expect(then(senderAfter(OPEN), applied(10, START + 2 * DAY)).waiting.deadlineAt).toBe(
    START + 10 * DAY,
  );
});

test('a shorter policy leaves a day, and not another one if it is applied again', () => {
  const now = START + 20 * DAY;
  const shortened = then(senderAfter(OPEN), applied(10, now));
  expect(shortened.waiting.deadlineAt).toBe(now + DAY);
  expect(then(shortened, applied(10, now + 12 * HOUR)).waiting.deadlineAt).toBe(now + DAY);
});

test('a shorter policy gives no more time than was left', () => {
  const now = START + 30 * DAY - HOUR;
  expect(then(senderAfter(OPEN), applied(10, now)).waiting.deadlineAt).toBe(START + 30 * DAY);
});

test('during a problem the remaining day counts from the end of the problem', () => {
  const [trouble, now] = [START + 19 * DAY, START + 20 * DAY];
  const inTrouble = then(
    senderAfter(OPEN),
    failed('read-account', { problem: 'unreachable', delivered: 'no' }, trouble),
  );
  const shortened = then(inTrouble, applied(10, now));
  const repaired = then(shortened, accountRead(UNAVAILABLE, now + HOUR));
  expect(repaired.problem).toBeNull();
  expect(repaired.waiting.deadlineAt).toBe(now + HOUR + DAY);
});

test('the first policy that an onboarding reads counts as it is', () => {
  expect(senderAfter(OPEN, {}, { deadlineDays: 1 }).waiting.deadlineAt).toBe(START + DAY);
});
