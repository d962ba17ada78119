/** Problems are state, not silence: they stay visible and are tried again for as long as it takes. */
import { withHintFollowed, withLookCounted } from './hints.ts';
import type { EventOf } from './events.ts';
import type { Sender } from './sender.ts';

export function withFailure(
  before: Sender,
  event: Pick<EventOf<'call-failed'>, 'at' | 'startedAt' | 'call' | 'failure'>,
): Sender {
  const s = withHintFollowed(withLookCounted(before, event.at), event);
  const tries = (s.problem?.tries ?? 0) + 1;
  const { firstSeconds, maxSeconds } = s.policy.repair;
  const pauseMs = Math.min(firstSeconds * 2 ** (tries - 1), maxSeconds) * 1000;
  return {
    ...s,
    problem: {
      kind: event.failure.problem,
      slug: event.failure.slug,
      call: event.call,
      since: s.problem?.since ?? event.startedAt,
      tries,
      nextTryAt: event.at + pauseMs,
    },
  };
}

/** A call was answered. The time of the trouble is not the person's: the deadline moves by it. */
export function withoutProblem(s: Sender, at: number): Sender {
  if (!s.problem) return s;
  return { ...s, problem: null, deadlineAt: s.deadlineAt + Math.max(0, at - s.problem.since) };
}
