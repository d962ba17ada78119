/**
 * How long a poll pauses. Each pause is 1.5 times the one before: the first pause plus half of the time waited so far, up to
 * the policy's longest.
 *
 * If more onboardings wait than AR24's rate limit allows to read, polls are late. A late poll's next pause may be longer than
 * the policy's longest, so that at most about a quarter of all polls are in the queue, and the others in their pauses,
 * however many wait. Pauses still grow by half at a time: after sign-ups have used the whole rate limit for an hour, nobody
 * pauses for three hours.
 */
import type { AwaitChangeInput } from '../workflows/contract/index.ts';

/** By how many times its own delay a late poll lengthens its longest pause. */
const STRETCH = 3;
/** No delay makes a pause longer than this. A policy may. */
const LONGEST_STRETCHED_MS = 24 * 3_600_000;
/** The pauses after a claim that AR24 does not confirm. After these the usual pauses follow. */
const RECHECK_MS = [10_000, 60_000, 300_000];
const JITTER = 0.1;

interface PollTry {
  /** From 1 on. */
  readonly number: number;
  /** Milliseconds since the poll began. */
  readonly elapsedMs: number;
  /** Milliseconds since this try was due. */
  readonly lateMs: number;
}

/** @param random a number from 0 to 1, so that polls that began together spread out */
export function pollPauseMs(
  { number, elapsedMs, lateMs }: PollTry,
  { poll, recheck }: Pick<AwaitChangeInput, 'poll' | 'recheck'>,
  random = Math.random(),
): number {
  const longest = poll.maxSeconds * 1000;
  const stretched = Math.min(longest + STRETCH * lateMs, Math.max(longest, LONGEST_STRETCHED_MS));
  const usual = Math.min(poll.firstSeconds * 1000 + elapsedMs / 2, stretched);
  const soon = recheck.length > 0 ? RECHECK_MS[number - 1] : undefined;
  const pause = Math.min(soon ?? usual, usual);
  return Math.round(pause * (1 + JITTER * (2 * random - 1)));
}
