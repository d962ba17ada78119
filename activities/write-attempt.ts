/** One try of an activity that writes: it knows what the tries before it may have done unheard. */
import { isAr24Error, type Ar24Client, type CallOptions } from '../ar24/index.ts';
import { thisAttempt, throwAsFailure, type Attempt, type Deps } from './attempt.ts';
import { isKnownToBeSent, markOf, sendsBefore } from './sends.ts';

export interface WriteAttempt extends Attempt {
  /** Sends of earlier tries whose answer nobody heard. */
  readonly lostBefore: number;
  /** That one was sent is known, and not only feared. */
  readonly isKnownToBeSent: boolean;
  /** The same, with this try's: more than `lostBefore` from the send on, until AR24 answers. */
  answersLost(): number;
  /** Calls AR24 to write. */
  send<T>(call: (ar24: Ar24Client, options: CallOptions) => Promise<T>): Promise<T>;
}

/** As `attempted`, and tells by a failure's `delivered` whether any try may have reached AR24. */
export async function attemptedWrite<T>(
  deps: Deps,
  patienceMs: number,
  run: (attempt: WriteAttempt) => Promise<T>,
): Promise<T> {
  const attempt = thisAttempt(deps);
  const lostBefore = sendsBefore(attempt.number, attempt.left);
  let lost = lostBefore;
  const knownBefore = isKnownToBeSent(attempt.left);
  const leave = (sends: number) => {
    lost = sends;
    const known = knownBefore || sends > lostBefore ? true : undefined;
    attempt.leave(markOf(attempt.number, sends, known));
  };
  const send: WriteAttempt['send'] = async (call) => {
    try {
      return await attempt.call((ar24, options) => {
        leave(lostBefore + 1);
        return call(ar24, options);
      });
    } catch (error) {
      if (isAr24Error(error) && error.delivered !== 'unknown') leave(lostBefore);
      throw error;
    }
  };
  try {
    return await run({
      ...attempt,
      lostBefore,
      isKnownToBeSent: knownBefore,
      answersLost: () => lost,
      send,
    });
  } catch (error) {
    // It ended by itself, so that it is known what it sent: it must not count as one that died.
    leave(lost);
    const { number, elapsedMs } = attempt;
    const delivered = lost === 0 ? 'no' : undefined;
    return throwAsFailure(error, { attempt: number, elapsedMs, patienceMs, delivered });
  }
}
