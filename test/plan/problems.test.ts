/** Time in trouble: hints do not draw it out, and it is not the person's. */
import { expect, test } from '@jest/globals';
import { plan } from '../../workflows/plan/plan.ts';
import {
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  START,
  UNAVAILABLE,
  askedForAccess,
  failed,
  lived,
  looked,
  then,
} from './events.ts';

const failure = { problem: 'unreachable' } as const;
const inTrouble = () => lived([askedForAccess(START), failed('look', failure, START + MINUTE)]);

test('five hints in trouble are followed, and leave the next try where it was', () => {
  let sender = inTrouble();
  const { problem } = sender;
  for (let hint = 1; hint <= 5; hint++) {
    const at = START + (1 + hint) * MINUTE;
    sender = then(sender, { kind: 'check', at });
    expect(plan(sender, at)).toMatchObject({ do: 'look', patienceMs: 0 });
    sender = then(sender, failed('look', failure, at + SECOND, at));
    expect(plan(sender, at + SECOND)).toEqual({ do: 'wait-for-repair' });
  }
  expect(sender.problem).toEqual(problem);
  const { nextTryAt = NaN } = problem ?? {};
  expect(then(sender, failed('look', failure, nextTryAt)).problem).toMatchObject({ tries: 2 });
});

test('a hinted try that outlasts the next try puts it off, and does not count as it', () => {
  const sender = inTrouble();
  const { nextTryAt = NaN } = sender.problem ?? {};
  const late = then(sender, failed('look', failure, nextTryAt + MINUTE, nextTryAt - MINUTE));
  expect(late.problem).toMatchObject({ tries: 1, nextTryAt: nextTryAt + MINUTE });
});

test.each([
  ['the mail, it is sent again', 'request-access', 'request-access'],
  ['something else, AR24 is looked at first', 'look', 'look'],
] as const)('a reminder by hand in trouble with %s, at once', (_what, call, step) => {
  const inTrouble = lived([askedForAccess(START), failed(call, failure, START + MINUTE)]);
  const at = START + 11 * MINUTE;
  expect(plan(inTrouble, at)).toEqual({ do: 'wait-for-repair' });
  const reminded = then(inTrouble, { kind: 'remind', at });
  expect(plan(reminded, at)).toMatchObject({ do: step });
  const again = then(reminded, failed(step, failure, at + SECOND, at));
  expect(plan(again, at + MINUTE)).toEqual({ do: 'wait-for-repair' });
  expect(again.problem).toMatchObject({ tries: 1, nextTryAt: inTrouble.problem?.nextTryAt });
});

test('a deadline that is extended in trouble is the one that was said, and stands still from then', () => {
  const extendedAt = START + 5 * HOUR;
  const until = START + 60 * DAY;
  const extended = then(inTrouble(), { kind: 'extended', until, at: extendedAt });
  expect(then(extended, looked(UNAVAILABLE, extendedAt))).toMatchObject({
    problem: null,
    deadlineAt: until,
  });
  const later = then(extended, looked(UNAVAILABLE, extendedAt + 2 * HOUR));
  expect(later.deadlineAt).toBe(until + 2 * HOUR);
});
