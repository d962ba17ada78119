/** Does the same for many: several at a time, within a rate, and across outages of Temporal. */
import { setTimeout as pause } from 'node:timers/promises';
import { answeredWithin, TemporalUnavailableError } from '../client/index.ts';

export interface Lanes<T, R> {
  readonly perSecond: number;
  /** The longest wait after Ctrl-C, and until an outage is noticed. */
  readonly answeredWithinMs: number;
  /** Ends it after the calls in flight. */
  readonly signal: AbortSignal;
  readonly act: (one: T) => Promise<R>;
  readonly onResult: (one: T, result: R) => void;
  /** Called with the reason when Temporal is away, and with undefined when it is back. */
  readonly onAway: (why: string | undefined) => void;
}

/** Enough for hundreds a second, and few to wait for at the end. */
export const AT_A_TIME = 20;
const TRY_AGAIN_MS = 1_000;

/**
 * Ends early when `signal` aborts. What has no result then was not done, or its answer was lost: it may be repeated.
 *
 * @throws TemporalUnavailableError where Temporal is away at the beginning; what `act` throws
 */
export async function inLanes<T, R>(
  all: Iterable<T>,
  { perSecond, answeredWithinMs, signal, act, onResult, onAway }: Lanes<T, R>,
): Promise<void> {
  const failed = new AbortController();
  const over = AbortSignal.any([signal, failed.signal]);
  const turn = evenlySpaced(perSecond, over);
  const seen = { answers: 0, isAway: false };

  async function actOn(one: T): Promise<{ readonly result: R } | 'ended'> {
    while (await turn()) {
      try {
        const result = await answeredWithin(answeredWithinMs, () => act(one));
        seen.answers += 1;
        if (seen.isAway) onAway(undefined);
        seen.isAway = false;
        return { result };
      } catch (error) {
        if (seen.answers === 0 || !(error instanceof TemporalUnavailableError)) throw error;
        if (!seen.isAway) onAway(error.message);
        seen.isAway = true;
        await pause(TRY_AGAIN_MS, undefined, { signal: over }).catch(() => undefined);
      }
    }
    return 'ended';
  }

  const waiting = all[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
      const done = await actOn(next.value);
      if (done === 'ended') return;
      onResult(next.value, done.result);
    }
  };
  const lanes = Array.from({ length: AT_A_TIME }, () =>
    lane().catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  // All lanes end before the caller closes the connection.
  const ends = await Promise.allSettled(lanes);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** A function that waits for the next turn at an even rate; it returns false after the signal aborts. */
function evenlySpaced(perSecond: number, signal: AbortSignal): () => Promise<boolean> {
  let next = -Infinity;
  return async () => {
    // A monotonic clock: a system clock that is set back would cause a delay for as long.
    const now = performance.now();
    const mine = Math.max(next, now);
    next = mine + 1_000 / perSecond;
    await pause(mine - now, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  };
}
