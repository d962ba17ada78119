/** Hints make us look at once; a flood of them must not become a flood of calls. */
import type { Sender } from './sender.ts';

const WINDOW_MS = 60_000;
const LOOKS_PER_WINDOW = 4;
const BETWEEN_LOOKS_MS = 10_000;

/** AR24 was read, or could not be: hints from before that are followed, later ones still wait. */
export function withHintFollowed(s: Sender, when: { readonly startedAt: number }): Sender {
  const followed = s.lookWantedAt !== null && s.lookWantedAt <= when.startedAt;
  return followed ? { ...s, lookWantedAt: null } : s;
}

/** A read that a hint can have caused, at its end: the next such waits, whatever was seen. */
export function withLookCounted(s: Sender, at: number): Sender {
  if (s.lookWantedAt === null) return s;
  const recent = s.recentLooks.filter((earlier) => earlier > at - WINDOW_MS);
  return { ...s, recentLooks: [...recent, at].slice(-LOOKS_PER_WINDOW) };
}

/** When the pending hint may be followed: never two looks within 10 s, nor more than 4 a minute. */
export function lookAllowedAt(s: Sender): number | null {
  if (s.lookWantedAt === null) return null;
  const last = s.recentLooks.at(-1);
  const oldest = s.recentLooks.length >= LOOKS_PER_WINDOW ? s.recentLooks[0] : undefined;
  return Math.max(
    s.lookWantedAt,
    last === undefined ? 0 : last + BETWEEN_LOOKS_MS,
    oldest === undefined ? 0 : oldest + WINDOW_MS,
  );
}
