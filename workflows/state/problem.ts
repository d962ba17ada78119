/** Problems are state: they stay visible, and are retried without an end. */
import { withHintFollowed, withReadCounted } from './hints.ts';
import type { EventOf } from './events.ts';
import type { CallKind, Problem, Sender } from './sender.ts';
import type { When } from './snapshot.ts';

export function withFailure(
  before: Sender,
  event: Pick<EventOf<'call-failed'>, 'at' | 'startedAt' | 'call' | 'failure'>,
): Sender {
  const s = withHintFollowed(withReadCounted(before, event.at), event);
  const { problem: kind, slug, field } = event.failure;
  const { since, recurredAt } = s.problem ?? { since: event.startedAt };
  const problem = { kind, slug, field, call: event.call, since, recurredAt, ...nextTry(s, event) };
  return { ...s, problem };
}

/** A retry that a hint brought forward leaves the schedule unchanged: hints must not delay the next one. */
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
 * AR24 answers again, but some requests stay unconfirmed: the problem stays visible for them, also after another
 * problem that replaced it has ended.
 *
 * @param calls the unconfirmed requests
 */
export function withProblemOfUnconfirmed(
  s: Sender,
  calls: readonly CallKind[],
  when: When,
): Sender {
  const [call] = calls;
  if (!s.problem || call === undefined) return s;
  const isShown = calls.includes(s.problem.call);
  const shown = isShown
    ? s.problem
    : ({ ...s.problem, kind: 'unreachable', slug: undefined, field: undefined, call } as const);
  return { ...s, problem: { ...shown, ...nextTry(s, when) } };
}

/** A call was answered. The person could not act during the problem, so the deadline moves by its duration. */
export function withoutProblem(s: Sender, at: number): Sender {
  if (!s.problem) return s;
  const deadlineAt = s.waiting.deadlineAt + deadlineStoodStillMs(s.problem, at);
  return { ...s, problem: null, waiting: { ...s.waiting, deadlineAt } };
}

/** The duration of the problem that is not yet added to the deadline. */
export function deadlineStoodStillMs({ since, recurredAt }: Problem, at: number): number {
  return Math.max(0, at - (recurredAt ?? since));
}
