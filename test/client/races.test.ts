/** Waits that end before their promise does. */
import { expect, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { untilAborted, within } from '../../client/races.ts';

const never = new Promise<never>(() => undefined);

test('a signal that aborts ends the wait with its reason, and no listener is left', async () => {
  const stopping = new AbortController();
  const waiting = untilAborted(stopping.signal, never);
  expect(getEventListeners(stopping.signal, 'abort')).toHaveLength(1);
  stopping.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  expect(getEventListeners(stopping.signal, 'abort')).toHaveLength(0);
});

test('a signal that has aborted goes before a promise that has settled', async () => {
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(untilAborted(stopped, Promise.resolve('done'))).rejects.toThrow('stopped');
  const failed = Promise.reject(new Error('failed'));
  await expect(untilAborted(stopped, failed)).rejects.toThrow('stopped');
});

test('without an abort the promise decides, and no listener is left', async () => {
  const { signal } = new AbortController();
  await expect(untilAborted(signal, Promise.resolve('done'))).resolves.toBe('done');
  await expect(untilAborted(signal, Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('work that has not settled in time is replaced, and other work is not', async () => {
  await expect(within(1, never, () => 'late')).resolves.toBe('late');
  await expect(within(60_000, Promise.resolve('done'), () => 'late')).resolves.toBe('done');
  const failed = Promise.reject(new Error('failed'));
  await expect(within(60_000, failed, () => 'late')).rejects.toThrow('failed');
});
