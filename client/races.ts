/** Waits that end before their promise does. */
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for a promise that does not react to a signal itself.
 *
 * @throws the signal's reason, as soon as it aborts
 */
export async function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => {
    aborted.reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    const result = await Promise.race([aborted.promise, promise]);
    signal.throwIfAborted();
    return result;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** @param otherwise gives the result if `work` has not settled in time */
export async function within<T>(ms: number, work: Promise<T>, otherwise: () => T): Promise<T> {
  const over = new AbortController();
  try {
    return await Promise.race([
      work,
      pause(ms, undefined, { signal: over.signal }).then(otherwise),
    ]);
  } finally {
    over.abort();
  }
}
