/** Follows an onboarding while somebody watches it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { viewOfRun, type KnownViews } from './read-view.ts';
import { describe, isOpen } from './run.ts';
import type { SenderView } from './view-types.ts';
import type { Reference } from '../workflows/contract/ids.ts';

export interface FollowOptions {
  /** Ends the iteration: nothing more is yielded, and nothing is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/** Each pause is longer by half, so that a page that is left open for days costs little. */
const PAUSE_MS = { first: 1_000, most: 5_000, growth: 1.5 };
/** Shorter than elsewhere: a person watches, and has to see soon that Temporal does not answer. */
const TEMPORAL_ANSWERS_WITHIN_MS = 4_000;

/** @throws OnboardingNotFoundError or TemporalUnavailableError; the caller may then call it again */
export async function* followOnboarding(
  temporal: Client,
  reference: Reference,
  views: KnownViews,
  { signal }: FollowOptions,
): AsyncIterableIterator<SenderView> {
  let last: string | undefined;
  let pauseMs = PAUSE_MS.first;
  const isOver = (): boolean => signal?.aborted === true;
  while (!isOver()) {
    try {
      const run = await cancelledBy(temporal, signal, () =>
        describe(temporal, reference, TEMPORAL_ANSWERS_WITHIN_MS),
      );
      // That no worker runs is seen as soon as anything happens that needs one.
      const view = await cancelledBy(temporal, signal, () =>
        viewOfRun(temporal, reference, run, views),
      );
      const shown = JSON.stringify(view);
      if (shown !== last) {
        last = shown;
        pauseMs = PAUSE_MS.first;
        yield view;
      }
      // Nothing more to yield: a view read moments before the run closed may already have the outcome.
      if (!isOpen(run)) return;
      await pause(pauseMs, undefined, { signal });
      pauseMs = Math.min(pauseMs * PAUSE_MS.growth, PAUSE_MS.most);
    } catch (error) {
      if (!isOver()) throw error;
    }
  }
}

/**
 * Makes calls to Temporal that are cancelled when `signal` aborts. Settles only after the calls have ended, so
 * that the caller may close the connection: the SDK repeats a call even after it was cancelled, and ends the
 * process if the connection is closed by then.
 *
 * The SDK gets a signal of its own, because it adds a listener for each call and removes none. On a signal that
 * lasts for days the listeners would pile up, with everything that their calls hold.
 *
 * @throws the signal's reason if it has aborted, or what `calls` throws
 */
async function cancelledBy<T>(
  temporal: Client,
  signal: AbortSignal | undefined,
  calls: () => Promise<T>,
): Promise<T> {
  if (signal === undefined) return calls();
  signal.throwIfAborted();
  const cancelled = new AbortController();
  const cancel = (): void => {
    cancelled.abort();
  };
  signal.addEventListener('abort', cancel);
  try {
    const result = await temporal.withAbortSignal(cancelled.signal, calls);
    signal.throwIfAborted();
    return result;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
