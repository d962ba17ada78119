/** An onboarding as it goes on, for somebody who watches. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { cancelledBy } from './cancelled-by.ts';
import type { Run } from './describe-run.ts';
import { describe, isOpen } from './onboarding-run.ts';
import { pendingCalls } from './pending-call.ts';
import { viewOfRun } from './read-view.ts';
import type { SenderView } from './view-types.ts';

export interface FollowOptions {
  /** Ends it: nothing more is yielded, and nothing thrown. */
  readonly signal?: AbortSignal | undefined;
}

/** Each pause is longer by half, so that somebody who leaves it open for days costs little. */
const PAUSE_MS = { first: 1_000, most: 5_000, growth: 1.5 };
/** Being stuck comes with time alone, and a worker that is gone shows nowhere else. */
const READ_ANYWAY_AFTER_MS = 15_000;
/** Somebody watches: that Temporal is away is worth knowing soon. */
const TEMPORAL_ANSWERS_WITHIN_MS = 4_000;

/** @throws OnboardingNotFoundError or TemporalUnavailableError; may then be called again */
export async function* followOnboarding(
  temporal: Client,
  reference: string,
  { signal }: FollowOptions,
): AsyncIterableIterator<SenderView> {
  let last: Seen | undefined;
  let pauseMs = PAUSE_MS.first;
  const isOver = (): boolean => signal?.aborted === true;
  while (!isOver()) {
    try {
      const before = last;
      const run = await cancelledBy(temporal, signal, () =>
        describe(temporal, reference, TEMPORAL_ANSWERS_WITHIN_MS),
      );
      const seen = await cancelledBy(temporal, signal, () => see(temporal, reference, run, before));
      last = seen;
      if (seen.told !== before?.told) {
        pauseMs = PAUSE_MS.first;
        yield seen.view;
      }
      // A view told moments before the run closed may have told its end already.
      if (!isOpen(run)) return;
      await pause(pauseMs, undefined, { signal });
      pauseMs = Math.min(pauseMs * PAUSE_MS.growth, PAUSE_MS.most);
    } catch (error) {
      if (!isOver()) throw error;
    }
  }
}

interface Seen {
  /** Differs as soon as Temporal knows of anything new. */
  readonly mark: string;
  readonly view: SenderView;
  readonly told: string;
  readonly at: number;
}

/** Asks the workflow only where there may be something new: each question costs a worker a task. */
async function see(
  temporal: Client,
  reference: string,
  run: Run,
  before: Seen | undefined,
): Promise<Seen> {
  const mark = markOf(run);
  const at = Date.now();
  if (before !== undefined && before.mark === mark && at - before.at < READ_ANYWAY_AFTER_MS) {
    // Known in part only: a worker may be back.
    if (!before.view.partial) return before;
  }
  const view = await viewOfRun(temporal, reference, run);
  return { mark, view, told: JSON.stringify(view), at };
}

function markOf(run: Run): string {
  const { runId, historyLength, status, raw } = run;
  const tries = raw.pendingWorkflowTask?.attempt ?? 0;
  return JSON.stringify([runId, historyLength, status.name, tries, pendingCalls(run)]);
}
