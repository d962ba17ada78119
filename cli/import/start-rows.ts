/** Starts the rows: a bounded number at a time, no more a second than asked for, across outages. */
import { setTimeout as pause } from 'node:timers/promises';
import pThrottle from 'p-throttle';
import {
  answeredWithin,
  TemporalUnavailableError,
  type OnboardingClient,
  type StartResult,
} from '../../client/index.ts';
import type { ValidRow } from './row.ts';
import { startedResult, type RowResult } from './row-result.ts';

export interface StartingRows {
  readonly perSecond: number;
  /** Has it end once what is under way is done. */
  readonly signal: AbortSignal;
  readonly told: (result: RowResult) => void;
  /** Temporal is away, and why; undefined once it is back. */
  readonly away: (why: string | undefined) => void;
}

/** Enough for hundreds a second, and little to wait for at the end. */
export const AT_A_TIME = 20;
/** So long Ctrl-C may have to wait, and an outage go unnoticed. */
const ANSWERED_WITHIN_MS = 5_000;
const TRY_AGAIN_MS = 1_000;

/**
 * Ends early, without a word, when `signal` says so: rows that were not told of were not started, or
 * nobody knows. They may be started again at any time.
 *
 * @throws TemporalUnavailableError where it was away from the beginning
 */
export async function startRows(
  onboardings: Pick<OnboardingClient, 'start'>,
  rows: readonly ValidRow[],
  { perSecond, signal, told, away }: StartingRows,
): Promise<void> {
  const failed = new AbortController();
  const over = AbortSignal.any([signal, failed.signal]);
  const turn = pThrottle({ limit: 1, interval: 1_000 / perSecond, signal: over })(() =>
    Promise.resolve(),
  );
  const seen = { answers: 0, isAway: false };

  /** Undefined where it is to end. */
  async function start({ request }: ValidRow): Promise<StartResult | undefined> {
    // The limiter rejects those that wait as the signal comes, not who asks later.
    while ((await comes(turn)) && !over.aborted) {
      try {
        const result = await answeredWithin(ANSWERED_WITHIN_MS, () =>
          onboardings.start(request, { bulk: true }),
        );
        seen.answers += 1;
        if (seen.isAway) away(undefined);
        seen.isAway = false;
        return result;
      } catch (error) {
        if (seen.answers === 0 || !(error instanceof TemporalUnavailableError)) throw error;
        if (!seen.isAway) away(error.message);
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
      told(startedResult(row, result));
    }
  };
  const lanes = Array.from({ length: AT_A_TIME }, () =>
    lane().catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  // All of them come to their end before the connection is closed.
  const ends = await Promise.allSettled(lanes);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** False where the signal came first. */
function comes(turn: () => Promise<void>): Promise<boolean> {
  return turn().then(
    () => true,
    () => false,
  );
}
