/** How long a failure is kept to ourselves before it becomes a problem that is shown. */
import { expect, test } from '@jest/globals';
import { failureFor } from '../../activities/failure.ts';
import { GateClosed } from '../../activities/gate.ts';
import { credentials, maintenance, throttled, unreachable } from './ar24-errors.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const first = { attempt: 1, elapsedMs: 0, patienceMs: 15 * MINUTE };
const onPurpose = { attempt: 1, elapsedMs: 0, patienceMs: 0 };

test('Retry-After an hour: a problem at once, not in two hours', () => {
  const failure = failureFor(throttled(HOUR), first);
  expect(failure).toMatchObject({ nonRetryable: true, details: [{ problem: 'throttled' }] });
});

test('an hour named to somebody else: a problem at once as well', () => {
  const failure = failureFor(new GateClosed(throttled(HOUR), HOUR), first);
  expect(failure).toMatchObject({ nonRetryable: true, details: [{ problem: 'throttled' }] });
});

test('Retry-After that the patience covers is waited for', () => {
  const pause = 10 * MINUTE;
  expect(failureFor(throttled(pause), first)).toMatchObject({
    nonRetryable: false,
    nextRetryDelay: pause,
  });
  const second = { ...first, attempt: 2, elapsedMs: pause };
  expect(failureFor(throttled(pause), second)).toMatchObject({ nonRetryable: true });
});

test('a first try that queued for longer than the patience is repeated after a short pause', () => {
  const late = { ...first, elapsedMs: 2 * HOUR };
  expect(failureFor(maintenance(), late).nonRetryable).toBe(false);
  expect(failureFor(unreachable(), late).nonRetryable).toBe(false);
  expect(failureFor(throttled(10 * MINUTE), late).nonRetryable).toBe(true);
});

test('who tries again on purpose waits for the next probe, if it is soon', () => {
  const closedFor = (opensInMs: number) => new GateClosed(credentials(), opensInMs);
  expect(failureFor(closedFor(MINUTE), onPurpose)).toMatchObject({
    nonRetryable: false,
    nextRetryDelay: MINUTE,
  });
  expect(failureFor(closedFor(HOUR), onPurpose).nonRetryable).toBe(true);
  const hurried = { ...onPurpose, withinMs: 5 * SECOND };
  expect(failureFor(closedFor(MINUTE), hurried).nonRetryable).toBe(true);
});

test.each([0, -5 * SECOND])('Retry-After %d ms: tried again after a second', (retryAfterMs) => {
  expect(failureFor(throttled(retryAfterMs), first)).toMatchObject({ nextRetryDelay: SECOND });
});

test('it tells since when, and that nothing got through, where that is known', () => {
  const { details } = failureFor(credentials(), { ...first, since: 42, delivered: 'no' });
  expect(details).toEqual([
    { problem: 'credentials', slug: 'invalid_token', since: 42, delivered: 'no' },
  ]);
  expect(failureFor(unreachable(), first).details).toEqual([{ problem: 'unreachable' }]);
});
