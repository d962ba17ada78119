import { optionalTsToDate } from '@temporalio/common/lib/time.js';
import type { Run } from './describe-run.ts';
import { isOpen } from './onboarding-run.ts';

/** A step that an onboarding is at, as Temporal tells it also when no worker runs. */
export interface PendingCall {
  /** The activity's name; `awaitChange` is the regular look at AR24 while waiting. */
  readonly what: string;
  /** From 1 on. */
  readonly attempt: number;
  /** What came of the try before, if AR24 was called: for a look that saw no change, what it saw. */
  readonly lastAnswer: string | null;
  /** When that came. ISO 8601 UTC, as all times here. */
  readonly lastAnswerAt: string | null;
  /** It was AR24 that answered, and nothing had changed. */
  readonly unchanged: boolean;
  /** Null while a try is running, or waits for a worker. */
  readonly nextTry: string | null;
}

/** The activity that watches AR24 while somebody is waited for. */
export const POLL = 'awaitChange';
/** The failure types by which a poll asks for its next try: AR24 shows nothing new, or was not read. */
const UNCHANGED = 'Unchanged';
const NOT_READ_YET = 'NotReadYet';

export function pendingCalls(run: Pick<Run, 'status' | 'raw'>): readonly PendingCall[] {
  // Temporal keeps what a run that has ended was waiting for.
  if (!isOpen(run)) return [];
  return (run.raw.pendingActivities ?? []).map((activity) => {
    const type = activity.lastFailure?.applicationFailureInfo?.type;
    const last = type === NOT_READ_YET ? null : activity;
    return {
      what: activity.activityType?.name ?? '',
      attempt: activity.attempt ?? 1,
      lastAnswer: last?.lastFailure?.message ?? null,
      lastAnswerAt: optionalTsToDate(last?.lastAttemptCompleteTime)?.toISOString() ?? null,
      unchanged: type === UNCHANGED,
      nextTry: optionalTsToDate(activity.nextAttemptScheduleTime)?.toISOString() ?? null,
    };
  });
}
