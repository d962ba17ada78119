/**
 * The local limiter: no more calls a second than AR24 is to get. Of those who wait the most urgent goes
 * first, as on Temporal's own queue, which this one stands behind: a bulk of imports at work here
 * must not hold up who signs up right now.
 */
import { setTimeout } from 'node:timers/promises';
import { untilAborted } from './until-aborted.ts';

interface Waiting {
  /** Temporal's priority key: a lower number goes first. */
  readonly priority: number;
  readonly serve: () => void;
}

/**
 * @param maxCallsPerSecond above 0
 * @returns waits for one's turn. @throws the signal's reason: who goes away takes no turn
 * @throws TypeError where it is no such number
 */
export function createTurns(
  maxCallsPerSecond: number,
): (signal: AbortSignal, priority: number) => Promise<void> {
  if (!(maxCallsPerSecond > 0)) throw new TypeError('maxCallsPerSecond is a number above 0');
  const limit = Math.max(1, Math.floor(maxCallsPerSecond));
  const interval = maxCallsPerSecond >= 1 ? 1000 : 1000 / maxCallsPerSecond;
  /** When the last of them were taken (ms), by a clock that nobody sets. */
  const taken: number[] = [];
  /** In the order they came. */
  const waiting = new Set<Waiting>();
  let serving = false;

  /** So that no second, wherever it begins, sees more than its limit. */
  async function nextTurn(): Promise<void> {
    const earlier = taken.length < limit ? undefined : taken.shift();
    const waitMs = earlier === undefined ? 0 : earlier + interval - performance.now();
    if (waitMs > 0) await setTimeout(Math.ceil(waitMs));
    taken.push(performance.now());
  }

  /** One turn at a time: nobody waits for more than one interval, and no timer outlives a stopped worker. */
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
