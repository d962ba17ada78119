import { setTimeout as pause } from 'node:timers/promises';

/**
 * What comes of `work`, or, where it takes longer, what stands in for it. The SDK alone keeps no deadline: a call that
 * Temporal had too much to do for is paused for up to 2 s before its deadline is looked at.
 */
export async function within<T>(ms: number, work: Promise<T>, instead: () => T): Promise<T> {
  const over = new AbortController();
  try {
    return await Promise.race([work, pause(ms, undefined, { signal: over.signal }).then(instead)]);
  } finally {
    over.abort();
  }
}
