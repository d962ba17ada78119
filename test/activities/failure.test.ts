/** When a failure is retried, and when it becomes a problem. */
import { expect, test } from '@jest/globals';
import { throwAsFailure } from '../../activities/attempt.ts';
import { failureFor } from '../../activities/failure.ts';
import { CircuitOpen } from '../../activities/circuit-breaker.ts';
import { credentials, maintenance, throttled, unreachable } from './ar24-errors.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const first = { attempt: 1, elapsedMs: 0, retryBudgetMs: 15 * MINUTE };
const withoutBudget = { attempt: 1, elapsedMs: 0, retryBudgetMs: 0 };

test('Retry-After an hour: a problem at once, not in two hours', () => {
  const failure = failureFor(throttled(HOUR), first);
  expect(failure).toMatchObject({ nonRetryable: true, details: [{ problem: 'throttled' }] });
});

test('an open circuit for an hour: a problem at once as well', () => {
  const failure = failureFor(new CircuitOpen(throttled(HOUR), HOUR), first);
  expect(failure).toMatchObject({ nonRetryable: true, details: [{ problem: 'throttled' }] });
});

test('Retry-After within the retry budget: retried after it', () => {
  const pause = 10 * MINUTE;
  expect(failureFor(throttled(pause), first)).toMatchObject({
    nonRetryable: false,
    nextRetryDelay: pause,
  });
  const second = { ...first, attempt: 2, elapsedMs: pause };
  expect(failureFor(throttled(pause), second)).toMatchObject({ nonRetryable: true });
});

test('a first try that queued for longer than the retry budget is repeated after a short pause', () => {
  const late = { ...first, elapsedMs: 2 * HOUR };
  expect(failureFor(maintenance(), late).nonRetryable).toBe(false);
  expect(failureFor(unreachable(), late).nonRetryable).toBe(false);
  expect(failureFor(throttled(10 * MINUTE), late).nonRetryable).toBe(true);
});

test('a call without a retry budget waits for the next probe, if that is soon', () => {
  const openFor = (probeInMs: number) => new CircuitOpen(credentials(), probeInMs);
  expect(failureFor(openFor(MINUTE), withoutBudget)).toMatchObject({
    nonRetryable: false,
    nextRetryDelay: MINUTE,
  });
  expect(failureFor(openFor(HOUR), withoutBudget).nonRetryable).toBe(true);
  const hurried = { ...withoutBudget, withinMs: 5 * SECOND };
  expect(failureFor(openFor(MINUTE), hurried).nonRetryable).toBe(true);
});

test.each([0, -5 * SECOND])('Retry-After %d ms: retried after a second', (retryAfterMs) => {
  expect(failureFor(throttled(retryAfterMs), first)).toMatchObject({ nextRetryDelay: SECOND });
});

test.each([
  ['retried', MINUTE, false],
  ['a problem', 15 * MINUTE, true],
])('an error of our own is %s after %d ms', (_, elapsedMs, nonRetryable) => {
  const fail = () => throwAsFailure(new Error('denied'), { ...first, elapsedMs, delivered: 'no' });
  expect(fail).toThrow(
    expect.objectContaining({
      nonRetryable,
      details: [{ problem: 'unreachable', delivered: 'no' }],
    }),
  );
});

test('the problem has the time of the first failure, and whether AR24 may have carried out the call', () => {
  const { details } = failureFor(credentials(), { ...first, since: 42, delivered: 'no' });
  expect(details).toEqual([
    { problem: 'credentials', slug: 'invalid_token', since: 42, delivered: 'no' },
  ]);
  expect(failureFor(unreachable(), first).details).toEqual([
    { problem: 'unreachable', delivered: 'unknown' },
  ]);
});

test('the failure of a call that was not made names the reason, and not the call that opened the circuit', () => {
  const { message } = failureFor(new CircuitOpen(maintenance(), MINUTE), first);
  expect(message).toMatch(/is not called for now.*maintenance/);
  expect(message).not.toMatch(/GET|POST|\/user/);
});
