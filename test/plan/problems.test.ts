/** The time of a problem: hints do not lengthen it, and it does not count against the person. */
import { expect, test } from '@jest/globals';
import { plan } from '../../workflows/plan/plan.ts';
import {
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  START,
  UNAVAILABLE,
  accessRequested,
  failed,
  senderAfter,
  accountRead,
  then,
} from './events.ts';

const failure = { problem: 'unreachable', delivered: 'unknown' } as const;
const inTrouble = () =>
  senderAfter([accessRequested(START), failed('read-account', failure, START + MINUTE)]);

test('five hints during a problem are followed, and leave the next try where it was', () => {
  let sender = inTrouble();
  const { problem } = sender;
  for (let hint = 1; hint <= 5; hint++) {
    const at = START + (1 + hint) * MINUTE;
    sender = then(sender, { kind: 'check', at });
    expect(plan(sender, at)).toMatchObject({ do: 'read-account', retryBudgetMs: 0 });
    sender = then(sender, failed('read-account', failure, at + SECOND, at));
    expect(plan(sender, at + SECOND)).toEqual({ do: 'wait-for-repair' });
  }
  expect(sender.problem).toEqual(problem);
  const { nextTryAt = NaN } = problem ?? {};
  expect(then(sender, failed('read-account', failure, nextTryAt)).problem).toMatchObject({
    tries: 2,
  });
});

test('a hinted try that lasts past the next try delays it, and does not replace it', () => {
  const sender = inTrouble();
  const { nextTryAt = NaN } = sender.problem ?? {};
  const late = then(
    sender,
    failed('read-account', failure, nextTryAt + MINUTE, nextTryAt - MINUTE),
  );
  expect(late.problem).toMatchObject({ tries: 1, nextTryAt: nextTryAt + MINUTE });
});

test.each([
  ['the mail, it is sent again', 'request-access', 'request-access'],
  ['something else, AR24 is read first', 'read-account', 'read-account'],
] as const)('a reminder by hand during a problem with %s, at once', (_what, call, step) => {
  const nothingSent = { ...failure, delivered: 'no' } as const;
  const inTrouble = senderAfter([
    accessRequested(START),
    failed(call, nothingSent, START + MINUTE),
  ]);
  const at = START + 11 * MINUTE;
  expect(plan(inTrouble, at)).toEqual({ do: 'wait-for-repair' });
  const reminded = then(inTrouble, { kind: 'remind', at });
  expect(plan(reminded, at)).toMatchObject({ do: step });
  const again = then(reminded, failed(step, nothingSent, at + SECOND, at));
  expect(plan(again, at + MINUTE)).toEqual({ do: 'wait-for-repair' });
  expect(again.problem).toMatchObject({ tries: 1, nextTryAt: inTrouble.problem?.nextTryAt });
});

test('a deadline extended during a problem is the one that was given, and stands still from then', () => {
  const extendedAt = START + 5 * HOUR;
  const until = START + 60 * DAY;
  const extended = then(inTrouble(), { kind: 'extended', until, at: extendedAt });
  expect(then(extended, accountRead(UNAVAILABLE, extendedAt))).toMatchObject({
    problem: null,
    waiting: { deadlineAt: until },
  });
  const later = then(extended, accountRead(UNAVAILABLE, extendedAt + 2 * HOUR));
  expect(later.waiting.deadlineAt).toBe(until + 2 * HOUR);
});
