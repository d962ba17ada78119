/** Which open onboardings need a look by an operator. */
import type { Run } from './describe-run.ts';
import { isOpen } from './onboarding-run.ts';
import { pendingCalls, POLL } from './pending-call.ts';
import type { KnownView } from './view-types.ts';

export type StuckReason =
  /** AR24 could not be used for over an hour, or for how long is not known. */
  | 'problem'
  /** AR24 has not been read successfully for over 24 hours. */
  | 'no-look'
  /** The workflow's own code fails: a bug, or a worker that does not fit. */
  | 'failing-task'
  /** Nobody could be asked, and it was begun under a key that is not here. */
  | 'missing-key';

const HOUR_MS = 3_600_000;
const PROBLEM_TOLERATED_MS = HOUR_MS;
const NO_LOOK_TOLERATED_MS = 24 * HOUR_MS;
/** Temporal repeats a failed workflow task at once, then more and more slowly. */
const TASK_TRIES_TOLERATED = 3;

/** @param now ms since the epoch */
export function stuckBecause(run: Run, view: KnownView, now: number): readonly StuckReason[] {
  if (!isOpen(run)) return [];
  const reasons: StuckReason[] = [];
  if (view.problem) {
    const since = 'since' in view.problem ? Date.parse(view.problem.since) : 0;
    if (now - since > PROBLEM_TOLERATED_MS) reasons.push('problem');
  }
  if (now - lastGoodLook(run, view) > NO_LOOK_TOLERATED_MS) reasons.push('no-look');
  if ((run.raw.pendingWorkflowTask?.attempt ?? 0) > TASK_TRIES_TOLERATED) {
    reasons.push('failing-task');
  }
  if (view.partial && run.memo.missingKeys.size > 0) reasons.push('missing-key');
  return reasons;
}

/**
 * Looks that saw no change are known to Temporal only: they leave nothing in the history. One that
 * fails counts too: it has failed for minutes at most, since a quarter of an hour makes it a problem.
 */
function lastGoodLook(run: Run, view: KnownView): number {
  const polls = pendingCalls(run).filter(({ what }) => what === POLL);
  const told = view.partial ? null : view.lastLook?.at;
  const looks = [told, ...polls.map(({ lastAnswerAt }) => lastAnswerAt)].map((at) =>
    at ? Date.parse(at) : 0,
  );
  return Math.max(run.startTime.getTime(), ...looks);
}
