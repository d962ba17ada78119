import type { Client } from '@temporalio/client';
import type { Timestamp } from '@temporalio/common';
import { dateOf, messageIn } from './payloads.ts';
import { isOpen, type OnboardingRun } from './run.ts';

/** An activity that an onboarding waits for. Temporal knows it even when no worker runs. */
export interface PendingCall {
  /** The activity's name. `awaitChange` is the poll of AR24 while the onboarding waits. */
  readonly what: string;
  /** From 1 on. */
  readonly attempt: number;
  /** Result of the last attempt, if it called AR24. Of a poll without a change: the account as AR24 showed it. */
  readonly lastAnswer: string | null;
  /** Time of that result. ISO 8601 UTC, as all times here. */
  readonly lastAnswerAt: string | null;
  /** AR24 answered the last attempt, and nothing had changed. */
  readonly unchanged: boolean;
  /** Null while an attempt runs, or waits for a worker. */
  readonly nextTry: string | null;
}

/** The activity that polls AR24 while the onboarding waits for a person. */
export const POLL = 'awaitChange';
/** Failure types by which a poll requests its next attempt: AR24 shows nothing new, or was not read yet. */
const UNCHANGED = 'Unchanged';
const NOT_READ_YET = 'NotReadYet';

type PendingActivity = NonNullable<OnboardingRun['raw']['pendingActivities']>[number];

/** Messages of failures are encrypted too: the keys of this client decide which are readable. */
export async function pendingCalls(
  temporal: Client,
  run: Pick<OnboardingRun, 'status' | 'raw' | 'workflowId'>,
): Promise<readonly PendingCall[]> {
  return Promise.all(
    pendingActivities(run).map((activity) => callOf(temporal, run.workflowId, activity)),
  );
}

/** None of a run that has ended, although Temporal still lists them. */
export function pendingActivities(
  run: Pick<OnboardingRun, 'status' | 'raw'>,
): readonly PendingActivity[] {
  return isOpen(run) ? run.raw.pendingActivities : [];
}

async function callOf(
  temporal: Client,
  workflowId: string,
  activity: PendingActivity,
): Promise<PendingCall> {
  const { namespace } = temporal.workflow.options;
  const context = { type: 'activity', namespace, workflowId, isLocal: false } as const;
  const type = activity.lastFailure?.applicationFailureInfo?.type;
  const last = type === NOT_READ_YET ? null : activity;
  return {
    what: activity.activityType?.name ?? '',
    attempt: activity.attempt ?? 1,
    lastAnswer: last?.lastFailure ? await messageIn(temporal, last.lastFailure, context) : null,
    lastAnswerAt: isoOf(last?.lastAttemptCompleteTime),
    unchanged: type === UNCHANGED,
    nextTry: isoOf(activity.nextAttemptScheduleTime),
  };
}

function isoOf(timestamp: Timestamp | null | undefined): string | null {
  return dateOf(timestamp)?.toISOString() ?? null;
}
