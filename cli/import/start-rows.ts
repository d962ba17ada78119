/** Starts the rows: several at a time, within a rate, and across outages of Temporal. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  answeredWithin,
  TemporalUnavailableError,
  type OnboardingClient,
  type StartResult,
} from '../../client/index.ts';
import { startedResult, type RowResult } from './results.ts';
import type { ValidRow } from './row.ts';

interface StartingRows {
  readonly perSecond: number;
  /** Ends the import after the starts in flight. */
  readonly signal: AbortSignal;
  readonly onResult: (result: RowResult) => void;
  /** Called with the reason when Temporal is away, and with undefined when it is back. */
  readonly onAway: (why: string | undefined) => void;
}

/** Enough for hundreds a second, and few to wait for at the end. */
export const AT_A_TIME = 20;
/** The longest wait after Ctrl-C, and until an outage is noticed. */
const ANSWERED_WITHIN_MS = 5_000;
const TRY_AGAIN_MS = 1_000;

/**
 * Ends early when `signal` aborts. Rows without a result were not started, or their answer was lost: they may be
 * started again.
 *
 * @throws TemporalUnavailableError where Temporal is away at the beginning
 */
export async function startRows(
  onboardings: Pick<OnboardingClient, 'start'>,
  rows: readonly ValidRow[],
  { perSecond, signal, onResult, onAway }: StartingRows,
): Promise<void> {
  const failed = new AbortController();
  const over = AbortSignal.any([signal, failed.signal]);
  const turn = evenlySpaced(perSecond, over);
  const seen = { answers: 0, isAway: false };

  /** Undefined when the import ends. */
  async function start({ request }: ValidRow): Promise<StartResult | undefined> {
    while (await turn()) {
      try {
        const result = await answeredWithin(ANSWERED_WITHIN_MS, () =>
          onboardings.start(request, { bulk: true, door: 'import' }),
        );
        seen.answers += 1;
        if (seen.isAway) onAway(undefined);
        seen.isAway = false;
        return result;
      } catch (error) {
        if (seen.answers === 0 || !(error instanceof TemporalUnavailableError)) throw error;
        if (!seen.isAway) onAway(error.message);
        seen.isAway = true;
        await pause(TRY_AGAIN_MS, undefined, { signal: over }).catch(() => undefined);
      }
    }
    return undefined;
  }

  const waiting = rows.values();
  const lane = async (): Promise<void> => {
    for (const row of waiting) {
      const result = await start(row);
      if (result === undefined) return;
      onResult(startedResult(row, result));
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
    // A monotonic clock: a system clock that is set back would delay the import for as long.
    const now = performance.now();
    const mine = Math.max(next, now);
    next = mine + 1_000 / perSecond;
    await pause(mine - now, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  };
}
