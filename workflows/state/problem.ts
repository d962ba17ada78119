/** Problems are state, not silence: they stay visible and are tried again for as long as it takes. */
import { withHintFollowed, withLookCounted } from './hints.ts';
import type { EventOf } from './events.ts';
import type { Call, Problem, Sender } from './sender.ts';
import type { When } from './sighting.ts';

export function withFailure(
  before: Sender,
  event: Pick<EventOf<'call-failed'>, 'at' | 'startedAt' | 'call' | 'failure'>,
): Sender {
  const s = withHintFollowed(withLookCounted(before, event.at), event);
  const { problem: kind, slug } = event.failure;
  const { since, recurredAt } = s.problem ?? { since: event.startedAt };
  const problem = { kind, slug, call: event.call, since, recurredAt, ...nextTry(s, event) };
  return { ...s, problem };
}

/** A try that a hint brought forward leaves the schedule as it is: hints must not draw it out. */
function nextTry(s: Sender, { at, startedAt }: When): Pick<Problem, 'tries' | 'nextTryAt'> {
  if (s.problem && startedAt < s.problem.nextTryAt) {
    const { tries, nextTryAt } = s.problem;
    return { tries, nextTryAt: Math.max(nextTryAt, at) };
  }
  const tries = (s.problem?.tries ?? 0) + 1;
  const { firstSeconds, maxSeconds } = s.policy.repair;
  const pauseMs = Math.min(firstSeconds * 2 ** (tries - 1), maxSeconds) * 1000;
  return { tries, nextTryAt: at + pauseMs };
}

/**
 * AR24 answers, but what it was asked to mail stays without an answer: shown, also once other trouble
 * that had come over it has ended, and looked at again.
 *
 * @param calls that stayed without
 */
export function withUnconfirmed(s: Sender, calls: readonly Call[], when: When): Sender {
  const [call] = calls;
  if (!s.problem || call === undefined) return s;
  const isShown = calls.includes(s.problem.call);
  const shown = isShown
    ? s.problem
    : ({ ...s.problem, kind: 'unreachable', slug: undefined, call } as const);
  return { ...s, problem: { ...shown, ...nextTry(s, when) } };
}

/** A call was answered. The time of the trouble is not the person's: the deadline moves by it. */
export function withoutProblem(s: Sender, at: number): Sender {
  if (!s.problem) return s;
  return { ...s, problem: null, deadlineAt: s.deadlineAt + deadlineStoodStillMs(s.problem, at) };
}

/** What the deadline does not know of yet. */
export function deadlineStoodStillMs({ since, recurredAt }: Problem, at: number): number {
  return Math.max(0, at - (recurredAt ?? since));
}
