/**
 * Nets under an AR24 that contradicts itself: each answer would lead to the next call, with no wait
 * between them, as fast as AR24 answers.
 */
import { withFailure } from './problem.ts';
import type { Sender } from './sender.ts';
import type { When } from './sighting.ts';

/** The longest way from a sign-up to the end takes about ten. */
export const CALLS_BEFORE_REST = 30;
const WITHIN_MS = 5 * 60_000;
const DAY = 86_400_000;
const CONTRADICTION = { problem: 'contract' } as const;

/** A rest after so many calls in so little time, whatever they were about. */
export function withRest(s: Sender, when: When): Sender {
  const [first] = s.recentCalls;
  const spins = s.recentCalls.length === CALLS_BEFORE_REST && first !== undefined;
  if (!spins || s.problem || when.at - first > WITHIN_MS) return s;
  const rested = withFailure(s, { ...when, call: 'look', failure: CONTRADICTION });
  return { ...rested, recentCalls: [] };
}

/**
 * Read by the address the account is attached to us, and by its id it just was not: shown as one
 * trouble for as long as it goes on, though calls are answered in between.
 */
export function withContradiction(s: Sender, when: When): Sender {
  const before = s.contradiction;
  const goesOn = before !== null && when.at - before.nextTryAt < DAY;
  const failed = withFailure(
    { ...s, problem: goesOn ? { ...before, recurredAt: when.startedAt } : null },
    { ...when, call: 'request-access', failure: { ...CONTRADICTION, slug: 'user_unavailable' } },
  );
  return { ...failed, contradiction: failed.problem };
}
