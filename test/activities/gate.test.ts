/** What stops all calls is found out by one of them, and told to the others. */
import { expect, test } from '@jest/globals';
import { createGate, type GateClosed } from '../../activities/gate.ts';
import { maintenance, refused, throttled, unreachable } from './ar24-errors.ts';

const START = 1_700_000_000_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const { signal } = new AbortController();

const failing = (error: Error) => () => Promise.reject(error);
const answering = () => Promise.resolve('answer');
const inMs = (opensInMs: number): Partial<GateClosed> => ({ kind: 'gate-closed', opensInMs });

async function gateClosedBy(error: Error) {
  const gate = createGate(1000);
  await expect(gate.pass(START, signal, failing(error))).rejects.toBe(error);
  return gate;
}

test('one that waited in a backlog waits until the gate opens, and no longer', async () => {
  const gate = await gateClosedBy(maintenance());
  const late = gate.pass(START - 10 * MINUTE, signal, answering);
  await expect(late).rejects.toMatchObject(inMs(MINUTE));
});

test('a call that waited in a backlog closes the gate from now on, not in the past', async () => {
  const gate = createGate(1000);
  await gate.pass(START, signal, answering);
  await expect(gate.pass(START - 10 * MINUTE, signal, failing(maintenance()))).rejects.toThrow();
  await expect(gate.pass(START, signal, answering)).rejects.toMatchObject(inMs(MINUTE));
});

test('calls that queue when the gate closes are not made', async () => {
  const gate = createGate(50);
  const made: number[] = [];
  const calls = Array.from({ length: 60 }, (_, n) =>
    gate.pass(START, signal, () => {
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
  const gate = await gateClosedBy(throttled(10 * MINUTE));
  const probe = gate.pass(START + 10 * MINUTE, signal, failing(end));
  await expect(probe).rejects.toBe(end);
  // Nobody has found out anything: of two more, one is a probe again.
  const [first, second] = [unreachable(), unreachable()];
  const later = START + 11 * MINUTE;
  const ends = await Promise.allSettled([
    gate.pass(later, signal, failing(first)),
    gate.pass(later, signal, failing(second)),
  ]);
  expect(ends).toMatchObject([{ reason: first }, { reason: inMs(MINUTE) }]);
});

test.each([
  ['a success', answering],
  ["a refusal of AR24's own", failing(refused())],
])('a probe that ends in %s opens the gate', async (_what, call) => {
  const gate = await gateClosedBy(maintenance());
  await gate.pass(START + MINUTE, signal, call).catch(() => undefined);
  await expect(gate.pass(START + MINUTE, signal, answering)).resolves.toBe('answer');
});

test('a call that was on its way when the gate closed does not open it', async () => {
  const gate = createGate(1000);
  const answer = Promise.withResolvers<string>();
  const before = gate.pass(START, signal, () => answer.promise);
  await expect(gate.pass(START, signal, failing(throttled(MINUTE)))).rejects.toThrow();
  answer.resolve('answer');
  await expect(before).resolves.toBe('answer');
  await expect(gate.pass(START, signal, answering)).rejects.toMatchObject(inMs(MINUTE));
});

test('while a probe runs the others wait for what it finds', async () => {
  const gate = await gateClosedBy(maintenance());
  const found = Promise.withResolvers<string>();
  const started = Promise.withResolvers<undefined>();
  const probe = gate.pass(START + MINUTE, signal, () => {
    started.resolve(undefined);
    return found.promise;
  });
  await started.promise;
  const other = gate.pass(START + MINUTE, signal, answering);
  found.resolve('open');
  await expect(Promise.all([probe, other])).resolves.toEqual(['open', 'answer']);
});

test.each([0, 1])('Retry-After %d ms: a second is the least', async (retryAfterMs) => {
  const gate = await gateClosedBy(throttled(retryAfterMs));
  await expect(gate.pass(START, signal, answering)).rejects.toMatchObject(inMs(SECOND));
});

test('a call that is given up in the queue ends at once, unmade, and takes no turn', async () => {
  const gate = createGate(0.05);
  await gate.pass(START, signal, answering);
  const controller = new AbortController();
  const reason = new Error('stopped');
  let made = 0;
  const queued = Array.from({ length: 3 }, () =>
    gate.pass(START, controller.signal, () => Promise.resolve(made++)),
  );
  controller.abort(reason);
  for (const call of queued) await expect(call).rejects.toBe(reason);
  expect(made).toBe(0);
});
