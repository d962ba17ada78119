/** Hints have AR24 read at once. Bounds keep a flood of hints from becoming a flood of calls. */
import type { Sender } from './sender.ts';

const WINDOW_MS = 60_000;
const READS_PER_WINDOW = 4;
const BETWEEN_READS_MS = 10_000;

/** The last hint counts: a read that began before it may have missed the change. */
export function withHint(s: Sender, at: number): Sender {
  return { ...s, hints: { ...s.hints, pendingAt: at } };
}

/** A read ended, or failed: hints from before its start are followed, later ones are still pending. */
export function withHintFollowed(s: Sender, when: { readonly startedAt: number }): Sender {
  const followed = s.hints.pendingAt !== null && s.hints.pendingAt <= when.startedAt;
  return followed ? { ...s, hints: { ...s.hints, pendingAt: null } } : s;
}

/** Counts a finished read that a hint may have caused. */
export function withReadCounted(s: Sender, at: number): Sender {
  if (s.hints.pendingAt === null) return s;
  const recent = s.hints.recentReads.filter((earlier) => earlier > at - WINDOW_MS);
  return { ...s, hints: { ...s.hints, recentReads: [...recent, at].slice(-READS_PER_WINDOW) } };
}

/** When the pending hint may be followed: at most one read in 10 s, and 4 a minute. */
export function readAllowedAt({ hints: { pendingAt, recentReads } }: Sender): number | null {
  if (pendingAt === null) return null;
  const last = recentReads.at(-1);
  const oldest = recentReads.length >= READS_PER_WINDOW ? recentReads[0] : undefined;
  return Math.max(
    pendingAt,
    last === undefined ? 0 : last + BETWEEN_READS_MS,
    oldest === undefined ? 0 : oldest + WINDOW_MS,
  );
}

export function hintDue(s: Sender, now: number): boolean {
  const allowedAt = readAllowedAt(s);
  return allowedAt !== null && now >= allowedAt;
}
