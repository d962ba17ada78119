import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';

const MOST_KEYS = 50_000;

/**
 * Bounds how often something is done for the same key. Whoever comes too early waits, and all who wait
 * have it done once, after they came: so nothing that they know of is missed.
 *
 * @param gapMs between two beginnings, for the same key
 */
export function joined<T>(
  gapMs: number,
  act: (key: string) => Promise<T>,
): (key: string) => Promise<T> {
  const waiting = new Map<string, Promise<T>>();
  /** When it may begin again (ms, by a clock that nobody sets). */
  const next = new LRUCache<string, number>({ max: MOST_KEYS });

  function begin(key: string): Promise<T> {
    next.set(key, performance.now() + gapMs);
    return act(key);
  }

  async function beginLater(key: string, waitMs: number): Promise<T> {
    await pause(waitMs);
    waiting.delete(key);
    return begin(key);
  }

  return (key) => {
    const together = waiting.get(key);
    if (together !== undefined) return together;
    const waitMs = (next.get(key) ?? 0) - performance.now();
    if (waitMs <= 0) return begin(key);
    const later = beginLater(key, waitMs);
    waiting.set(key, later);
    return later;
  };
}
