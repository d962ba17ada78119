import { LRUCache } from 'lru-cache';

/** Bounds the memory that strangers can fill. The least recent callers are dropped first. */
const MOST_CALLERS = 10_000;

/**
 * Counts requests for `@fastify/rate-limit`. Its own store uses `Date.now()`: if the clock is set back by half an hour,
 * it refuses every caller for as long. This cache uses `performance.now()`, which no clock change affects.
 */
export class RequestCounts {
  readonly #counts = new LRUCache<string, number>({ max: MOST_CALLERS });

  incr(
    caller: string,
    answer: (error: Error | null, result: { current: number; ttl: number }) => void,
    windowMs: number,
  ): void {
    const current = (this.#counts.get(caller) ?? 0) + 1;
    // The window begins with its first request.
    this.#counts.set(caller, current, { ttl: windowMs, noUpdateTTL: true });
    answer(null, { current, ttl: this.#counts.getRemainingTTL(caller) });
  }

  /** Each limit has counts of its own. */
  child(): RequestCounts {
    return new RequestCounts();
  }
}
