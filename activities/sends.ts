/**
 * Sends that AR24 may have taken although nobody heard its answer, counted over all tries of one
 * activity: each try leaves its count in the heartbeat details, and Temporal has it before AR24 is called.
 */
interface Mark {
  /** By this try and those before it. */
  readonly sends: number;
  /** Which try left it. */
  readonly attempt: number;
  /** One before it died and left none. */
  readonly unmarked?: true;
}

/** @param left what the tries before this one have left */
export function sendsBefore(left: unknown): number {
  return isMark(left) ? left.sends : 0;
}

/**
 * Whether a try before this one may have sent: also one that died and left no mark. That nothing was sent then
 * is certain enough for a mail; what is paid for, or must not be made twice, is not to rest on the order in
 * which heartbeats arrive.
 *
 * @param attempt number of this try, from 1 on
 */
export function mayHaveSentBefore(attempt: number, left: unknown): boolean {
  return sendsBefore(left) > 0 || diedUnmarked(attempt, left);
}

/** What a try leaves that sent nothing: what it found, for the next one. */
export function passedOn(attempt: number, left: unknown): unknown {
  return left === undefined || isMark(left) ? markOf(attempt, left, sendsBefore(left)) : left;
}

/** @param left by the tries before */
export function markOf(attempt: number, left: unknown, sends: number): Mark {
  return { sends, attempt, ...(diedUnmarked(attempt, left) && { unmarked: true }) };
}

function diedUnmarked(attempt: number, left: unknown): boolean {
  return isMark(left) ? left.unmarked === true || attempt - 1 > left.attempt : attempt > 1;
}

function isMark(left: unknown): left is Mark {
  return (
    typeof left === 'object' &&
    left !== null &&
    'sends' in left &&
    typeof left.sends === 'number' &&
    'attempt' in left &&
    typeof left.attempt === 'number' &&
    (!('unmarked' in left) || left.unmarked === true)
  );
}
