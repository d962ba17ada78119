/**
 * Limits the calls a second of this process. Waiting calls are served by priority, as in Temporal's task queue:
 * tasks that were fetched wait here, and a bulk import among them must not delay a person who signs up now.
 */
import { setTimeout } from 'node:timers/promises';
import { untilAborted } from '../client/races.ts';

interface Waiting {
  /** Temporal's priority key: a lower number goes first. */
  readonly priority: number;
  readonly serve: () => void;
}

/** At most `calls` calls in any period of `perMs` milliseconds. */
export interface Share {
  readonly calls: number;
  readonly perMs: number;
}

export type ShareNow = () => Promise<Share | undefined>;

const RETRY_SHARE_MS = 100;

/**
 * @param maxCallsPerSecond above 0
 * @param shareNow resolves to the part of the maximum that this process may use now, or to undefined while that is
 *   not known. Default: all of it
 * @returns a function that resolves when the caller may make one call. It throws the signal's reason if that
 *   aborts; then the call is not counted
 * @throws TypeError if `maxCallsPerSecond` is not above 0
 */
export function createRateLimiter(
  maxCallsPerSecond: number,
  shareNow?: ShareNow,
): (signal: AbortSignal, priority: number) => Promise<void> {
  if (!(maxCallsPerSecond > 0)) throw new TypeError('maxCallsPerSecond must be a number above 0');
  const limit = Math.max(1, Math.floor(maxCallsPerSecond));
  const whole: Share = {
    calls: limit,
    perMs: maxCallsPerSecond >= 1 ? 1000 : 1000 / maxCallsPerSecond,
  };
  /** When the last calls began (ms), by the monotonic clock. */
  const begun: number[] = [];
  /** In the order of their arrival. */
  const waiting = new Set<Waiting>();
  let serving = false;
  /** Aborted when the last caller has left, so that no timer outlives the callers. */
  let pause = new AbortController();

  async function pauseFor(ms: number): Promise<void> {
    if (waiting.size === 0) return;
    pause = new AbortController();
    await setTimeout(ms, undefined, { signal: pause.signal }).catch(() => undefined);
  }

  /** Waits until one more call keeps the limit in every period of `perMs`, wherever the period begins. */
  async function nextTurn(): Promise<void> {
    while (waiting.size > 0) {
      const share = shareNow === undefined ? whole : await shareNow();
      if (share === undefined) {
        await pauseFor(RETRY_SHARE_MS);
        continue;
      }
      const now = performance.now();
      const earlier = begun.at(-share.calls);
      const waitMs = earlier === undefined ? 0 : earlier + share.perMs - now;
      if (waitMs > 0) await pauseFor(Math.ceil(waitMs));
      else {
        begun.push(now);
        if (begun.length > limit) begun.shift();
        return;
      }
    }
  }

  /** Serves one call at a time, so that at most one timer is pending, and none after the last caller left. */
  async function serveAll(): Promise<void> {
    serving = true;
    while (waiting.size > 0) {
      await nextTurn();
      const next = mostUrgent(waiting);
      if (next === undefined) break;
      waiting.delete(next);
      next.serve();
    }
    serving = false;
  }

  return async (signal, priority) => {
    const served = Promise.withResolvers<undefined>();
    const mine: Waiting = {
      priority,
      serve: () => {
        served.resolve(undefined);
      },
    };
    waiting.add(mine);
    if (!serving) void serveAll();
    try {
      await untilAborted(signal, served.promise);
    } finally {
      waiting.delete(mine);
      if (waiting.size === 0) pause.abort();
    }
  };
}

function mostUrgent(waiting: ReadonlySet<Waiting>): Waiting | undefined {
  let best: Waiting | undefined;
  for (const one of waiting) {
    if (best === undefined || one.priority < best.priority) best = one;
  }
  return best;
}
