/**
 * Guards against a livelock. If AR24's answers contradict each other, each would lead to the next call, without a
 * pause, as fast as AR24 answers.
 */
import { withFailure } from './problem.ts';
import type { Sender } from './sender.ts';
import type { When } from './snapshot.ts';

/** The longest path from a sign-up to its end makes about ten calls. */
const CALLS_BEFORE_COOLDOWN = 30;
const WITHIN_MS = 5 * 60_000;
const DAY = 86_400_000;
const INCONSISTENCY = { problem: 'contract', delivered: 'no' } as const;

/** Notes that a call begins. */
export function withCallNoted(s: Sender, at: number): Sender {
  const recentCalls = [...s.guard.recentCalls, at].slice(-CALLS_BEFORE_COOLDOWN);
  return { ...s, guard: { ...s.guard, recentCalls } };
}

/** After so many calls in so little time, the next one waits for the repair schedule. */
export function withCooldown(s: Sender, when: When): Sender {
  const { recentCalls } = s.guard;
  const [first] = recentCalls;
  const isLooping = recentCalls.length === CALLS_BEFORE_COOLDOWN && first !== undefined;
  if (!isLooping || s.problem || when.at - first > WITHIN_MS) return s;
  const paused = withFailure(s, { ...when, call: 'read-account', failure: INCONSISTENCY });
  return { ...paused, guard: { ...paused.guard, recentCalls: [] } };
}

/**
 * AR24 shows the account as attached by its address, and just did not by its id. This counts as one problem for as
 * long as it recurs, although calls are answered in between.
 */
export function withInconsistency(s: Sender, when: When): Sender {
  const before = s.guard.inconsistency;
  const goesOn = before !== null && when.at - before.nextTryAt < DAY;
  const failed = withFailure(
    { ...s, problem: goesOn ? { ...before, recurredAt: when.startedAt } : null },
    { ...when, call: 'request-access', failure: { ...INCONSISTENCY, slug: 'user_unavailable' } },
  );
  return { ...failed, guard: { ...failed.guard, inconsistency: failed.problem } };
}
