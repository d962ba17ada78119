/** Follows an onboarding while somebody watches it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { dateOf } from './payloads.ts';
import { pendingActivities } from './pending-call.ts';
import { viewOfRun } from './read-view.ts';
import { describe, isOpen, type OnboardingRun } from './run.ts';
import type { SenderView } from './view-types.ts';
import type { Reference } from '../workflows/contract/ids.ts';

export interface FollowOptions {
  /** Ends the iteration: nothing more is yielded, and nothing is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/** Each pause is longer by half, so that a page that is left open for days costs little. */
const PAUSE_MS = { first: 1_000, most: 5_000, growth: 1.5 };
/** Being stuck is a matter of time alone, and nothing but a query shows that the workers are gone. */
const READ_ANYWAY_AFTER_MS = 15_000;
/** Shorter than elsewhere: a person watches, and has to see soon that Temporal does not answer. */
const TEMPORAL_ANSWERS_WITHIN_MS = 4_000;

/** @throws OnboardingNotFoundError or TemporalUnavailableError; the caller may then call it again */
export async function* followOnboarding(
  temporal: Client,
  reference: Reference,
  { signal }: FollowOptions,
): AsyncIterableIterator<SenderView> {
  let last: Reading | undefined;
  let pauseMs = PAUSE_MS.first;
  const isOver = (): boolean => signal?.aborted === true;
  while (!isOver()) {
    try {
      const before = last;
      const run = await cancelledBy(temporal, signal, () =>
        describe(temporal, reference, TEMPORAL_ANSWERS_WITHIN_MS),
      );
      const reading = await cancelledBy(temporal, signal, () =>
        readIfNew(temporal, reference, run, before),
      );
      last = reading;
      if (reading.json !== before?.json) {
        pauseMs = PAUSE_MS.first;
        yield reading.view;
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

interface Reading {
  /** Changes as soon as Temporal knows anything new. */
  readonly mark: string;
  readonly view: SenderView;
  readonly json: string;
  readonly at: number;
}

/** Queries the workflow only if there may be something new: each query costs a worker a task. */
async function readIfNew(
  temporal: Client,
  reference: Reference,
  run: OnboardingRun,
  before: Reading | undefined,
): Promise<Reading> {
  const mark = markOf(run);
  const at = performance.now();
  if (before !== undefined && before.mark === mark && at - before.at < READ_ANYWAY_AFTER_MS) {
    // A partial view is read again: a worker may be back.
    if (!before.view.partial) return before;
  }
  const view = await viewOfRun(temporal, reference, run);
  return { mark, view, json: JSON.stringify(view), at };
}

function markOf(run: OnboardingRun): string {
  const { runId, historyLength, status, raw } = run;
  const tries = raw.pendingWorkflowTask?.attempt ?? 0;
  const calls = pendingActivities(run).map((activity) => [
    activity.activityId,
    activity.attempt,
    dateOf(activity.lastAttemptCompleteTime),
    dateOf(activity.nextAttemptScheduleTime),
  ]);
  return JSON.stringify([runId, historyLength, status.name, tries, calls]);
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
