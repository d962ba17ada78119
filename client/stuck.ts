/** Decides whether an open onboarding needs an operator. */
import { type OnboardingRun, isOpen } from './run.ts';
import { dateOf } from './payloads.ts';
import { pendingActivities, POLL, type PendingCall } from './pending-call.ts';
import type { KnownView } from './view-types.ts';

export type StuckReason =
  /** AR24 cannot be used for over an hour, or since an unknown time. */
  | 'problem'
  /** A read of AR24 has been due for over 24 hours. */
  | 'no-look'
  /** The workflow's own code fails: a bug, or a worker of another version. */
  | 'failing-task'
  /** No worker answers, and an encryption key is missing here or at a worker. */
  | 'missing-key';

const HOUR_MS = 3_600_000;
export const PROBLEM_TOLERATED_MS = HOUR_MS;
export const NO_LOOK_TOLERATED_MS = 24 * HOUR_MS;
/** Temporal repeats a failed workflow task at once, then with growing pauses. */
const TASK_TRIES_TOLERATED = 3;

/** @param now ms since the epoch */
export function stuckBecause(
  run: OnboardingRun,
  view: KnownView,
  calls: readonly PendingCall[],
  now: number,
): readonly StuckReason[] {
  if (!isOpen(run)) return [];
  const reasons: StuckReason[] = [];
  if (view.problem) {
    const { since } = view.problem;
    if (now - (since === undefined ? 0 : Date.parse(since)) > PROBLEM_TOLERATED_MS)
      reasons.push('problem');
  }
  if (now - readDueAt(run, view, calls) > NO_LOOK_TOLERATED_MS) reasons.push('no-look');
  if ((run.raw.pendingWorkflowTask?.attempt ?? 0) > TASK_TRIES_TOLERATED) {
    reasons.push('failing-task');
  }
  if (view.partial && run.memo.missingKeys.size > 0) reasons.push('missing-key');
  return reasons;
}

/**
 * When a read of AR24 was due at the latest: the next poll, as pauses may be long, or else the last read. Only Temporal
 * knows polls, since they leave nothing in the history. A failing poll counts as a read: it becomes a problem after a
 * quarter of an hour.
 */
function readDueAt(run: OnboardingRun, view: KnownView, calls: readonly PendingCall[]): number {
  const polls = calls.filter(({ what }) => what === POLL);
  const due = pendingActivities(run)
    .filter(({ activityType }) => activityType?.name === POLL)
    .flatMap((poll) => [poll.nextAttemptScheduleTime, poll.scheduledTime, poll.lastStartedTime])
    .map((at) => dateOf(at)?.getTime() ?? 0);
  const inView = view.partial ? null : view.lastRead?.at;
  const reads = [inView, ...polls.map(({ lastAnswerAt }) => lastAnswerAt)].map((at) =>
    at ? Date.parse(at) : 0,
  );
  return Math.max(run.startTime.getTime(), ...reads, ...due);
}
