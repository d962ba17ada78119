/** A failure that holds for every call stops all calls, and one probe finds out when it is over. */
import { expect, test } from '@jest/globals';
import { createCircuitBreaker, type CircuitOpen } from '../../activities/circuit-breaker.ts';
import { maintenance, refused, throttled, unreachable } from './ar24-errors.ts';

const START = 1_700_000_000_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const { signal } = new AbortController();

const failing = (error: Error) => () => Promise.reject(error);
const answering = () => Promise.resolve('answer');
const inMs = (probeInMs: number): Partial<CircuitOpen> => ({ kind: 'circuit-open', probeInMs });

async function circuitOpenedBy(error: Error) {
  const circuit = createCircuitBreaker(1000);
  await expect(circuit.pass(START, signal, failing(error))).rejects.toBe(error);
  return circuit;
}

test('a call that waited in a backlog waits until the next probe, and no longer', async () => {
  const circuit = await circuitOpenedBy(maintenance());
  const late = circuit.pass(START - 10 * MINUTE, signal, answering);
  await expect(late).rejects.toMatchObject(inMs(MINUTE));
});

test('a call that waited in a backlog opens the circuit from now on, not in the past', async () => {
  const circuit = createCircuitBreaker(1000);
  await circuit.pass(START, signal, answering);
  await expect(circuit.pass(START - 10 * MINUTE, signal, failing(maintenance()))).rejects.toThrow();
  await expect(circuit.pass(START, signal, answering)).rejects.toMatchObject(inMs(MINUTE));
});

test('calls that queue when the circuit opens are not made', async () => {
  const circuit = createCircuitBreaker(50);
  const made: number[] = [];
  const calls = Array.from({ length: 60 }, (_, n) =>
    circuit.pass(START, signal, () => {
      made.push(n);
      return Promise.reject(throttled(10 * MINUTE));
    }),
  );
  const ends = await Promise.allSettled(calls);
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
  expect(made.length).toBeLessThanOrEqual(50);
  expect(ends.at(-1)).toMatchObject({ reason: inMs(10 * MINUTE) });
});

test.each([
  ['a broken connection', unreachable()],
  ['a cancellation', new Error('cancelled')],
])('a probe that ends in %s opens nothing', async (_what, end) => {
  const circuit = await circuitOpenedBy(throttled(10 * MINUTE));
  const probe = circuit.pass(START + 10 * MINUTE, signal, failing(end));
  await expect(probe).rejects.toBe(end);
  // The probe found out nothing, so of two more calls one is a probe again.
  const [first, second] = [unreachable(), unreachable()];
  const later = START + 11 * MINUTE;
  const ends = await Promise.allSettled([
    circuit.pass(later, signal, failing(first)),
    circuit.pass(later, signal, failing(second)),
  ]);
  expect(ends).toMatchObject([{ reason: first }, { reason: inMs(MINUTE) }]);
});

test.each([
  ['a success', answering],
  ["a refusal of AR24's own", failing(refused())],
])('a probe that ends in %s closes the circuit', async (_what, call) => {
  const circuit = await circuitOpenedBy(maintenance());
  await circuit.pass(START + MINUTE, signal, call).catch(() => undefined);
  await expect(circuit.pass(START + MINUTE, signal, answering)).resolves.toBe('answer');
});

test('a call that was in flight when the circuit opened does not close it', async () => {
  const circuit = createCircuitBreaker(1000);
  const answer = Promise.withResolvers<string>();
  const before = circuit.pass(START, signal, () => answer.promise);
  await expect(circuit.pass(START, signal, failing(throttled(MINUTE)))).rejects.toThrow();
  answer.resolve('answer');
  await expect(before).resolves.toBe('answer');
  await expect(circuit.pass(START, signal, answering)).rejects.toMatchObject(inMs(MINUTE));
});

test('while a probe runs, the other calls wait for its result', async () => {
  const circuit = await circuitOpenedBy(maintenance());
  const found = Promise.withResolvers<string>();
  const started = Promise.withResolvers<undefined>();
  const probe = circuit.pass(START + MINUTE, signal, () => {
    started.resolve(undefined);
    return found.promise;
  });
  await started.promise;
  const other = circuit.pass(START + MINUTE, signal, answering);
  found.resolve('open');
  await expect(Promise.all([probe, other])).resolves.toEqual(['open', 'answer']);
});

test.each([0, 1])('Retry-After %d ms: the pause is at least a second', async (retryAfterMs) => {
  const circuit = await circuitOpenedBy(throttled(retryAfterMs));
  await expect(circuit.pass(START, signal, answering)).rejects.toMatchObject(inMs(SECOND));
});

test('a call that is aborted in the queue ends at once, is not made and is not counted', async () => {
  const circuit = createCircuitBreaker(0.05);
  await circuit.pass(START, signal, answering);
  const controller = new AbortController();
  const reason = new Error('stopped');
  let made = 0;
  const queued = Array.from({ length: 3 }, () =>
    circuit.pass(START, controller.signal, () => Promise.resolve(made++)),
  );
  controller.abort(reason);
  for (const call of queued) await expect(call).rejects.toBe(reason);
  expect(made).toBe(0);
});
