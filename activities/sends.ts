/**
 * Sends that AR24 may have taken although nobody heard its answer, counted over all tries of one
 * activity: each try leaves its count in the heartbeat details.
 */
interface Mark {
  /** By this try and those before it. */
  readonly sends: number;
  /** Which try left it. */
  readonly attempt: number;
  /** A try left this as it sent: it is known, and not only feared, that one did. */
  readonly known?: true;
}

/**
 * @param attempt number of this try, from 1 on
 * @param left what the tries before it have left
 */
export function sendsBefore(attempt: number, left: unknown): number {
  const last = isMark(left) ? left : { sends: 0, attempt: 0 };
  // Heartbeats are throttled: a try that died without a mark may have sent just before.
  const unmarked = Math.max(0, attempt - 1 - last.attempt);
  return last.sends + unmarked;
}

/** Whether it is known that a try before sent something whose answer nobody heard. */
export function isKnownToBeSent(left: unknown): boolean {
  return isMark(left) && left.known === true;
}

/** What a try leaves that sent nothing: what it found, for the next one. */
export function passedOn(attempt: number, left: unknown): unknown {
  if (left !== undefined && !isMark(left)) return left;
  const known = isKnownToBeSent(left) ? true : undefined;
  return markOf(attempt, sendsBefore(attempt, left), known);
}

export function markOf(attempt: number, sends: number, known?: true): Mark {
  return { sends, attempt, ...(known && { known }) };
}

function isMark(left: unknown): left is Mark {
  return (
    typeof left === 'object' &&
    left !== null &&
    'sends' in left &&
    typeof left.sends === 'number' &&
    'attempt' in left &&
    typeof left.attempt === 'number' &&
    (!('known' in left) || left.known === true)
  );
}
