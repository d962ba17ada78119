import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { atMost } from '../bounded.ts';

const MOST_KEYS = 50_000;

/**
 * Bounds how often `act` is called for the same key. Calls within the gap wait, and share one call at its end. That
 * call begins after all of them, so it misses none of their news.
 *
 * @param gapMs between the beginnings of two calls for the same key
 */
export function coalesced<T>(
  gapMs: number,
  act: (key: string) => Promise<T>,
): (key: string) => Promise<T> {
  const waiting = new Map<string, Promise<T>>();
  /** When the next call may begin (performance.now, which no clock change affects). */
  const next = new LRUCache<string, number>(atMost(MOST_KEYS));

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
    const shared = waiting.get(key);
    if (shared !== undefined) return shared;
    const waitMs = (next.get(key) ?? 0) - performance.now();
    if (waitMs <= 0) return begin(key);
    const later = beginLater(key, waitMs);
    waiting.set(key, later);
    return later;
  };
}
