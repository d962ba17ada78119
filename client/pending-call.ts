import type { WorkflowExecutionDescription } from '@temporalio/client';
import { optionalTsToDate } from '@temporalio/common/lib/time.js';
import { isOpen } from './onboarding-run.ts';

/** A step that an onboarding is at, as Temporal tells it also when no worker runs. */
export interface PendingCall {
  /** The activity's name; `awaitChange` is the regular look at AR24 while waiting. */
  readonly what: string;
  /** From 1 on. */
  readonly attempt: number;
  /** When the latest try began; null before the first. ISO 8601 UTC, as all times here. */
  readonly lastTry: string | null;
  /** What came of the try before: for a look that saw no change, what is still waited for. */
  readonly lastAnswer: string | null;
  /** It was AR24 that answered, and nothing had changed. */
  readonly unchanged: boolean;
  /** Null while a try is running, or waits for a worker. */
  readonly nextTry: string | null;
}

/** The failure type by which a look says that AR24 was read and shows nothing new. */
const UNCHANGED = 'Unchanged';

export function pendingCalls(run: WorkflowExecutionDescription): readonly PendingCall[] {
  // Temporal keeps what a run that has ended was waiting for.
  if (!isOpen(run)) return [];
  return (run.raw.pendingActivities ?? []).map((activity) => ({
    what: activity.activityType?.name ?? '',
    attempt: activity.attempt ?? 1,
    lastTry: optionalTsToDate(activity.lastStartedTime)?.toISOString() ?? null,
    lastAnswer: activity.lastFailure?.message ?? null,
    unchanged: activity.lastFailure?.applicationFailureInfo?.type === UNCHANGED,
    nextTry: optionalTsToDate(activity.nextAttemptScheduleTime)?.toISOString() ?? null,
  }));
}
