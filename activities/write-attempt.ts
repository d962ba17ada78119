/** One try of an activity that writes: it knows what the tries before it may have done unheard. */
import { isAr24Error, type Ar24Client, type CallOptions } from '../ar24/index.ts';
import { thisAttempt, throwAsFailure, type Attempt, type Deps } from './attempt.ts';
import { markOf, mayHaveSentBefore, sendsBefore } from './sends.ts';

export interface WriteAttempt extends Attempt {
  /** Sends of earlier tries whose answer nobody heard. */
  readonly lostBefore: number;
  /** Or one of them died, and nobody can tell. */
  readonly mayHaveSentBefore: boolean;
  /** The same as `lostBefore`, with this try's: more from the send on, until AR24 answers. */
  answersLost(): number;
  /** Calls AR24 to write, once Temporal knows that it is about to. */
  send<T>(call: (ar24: Ar24Client, options: CallOptions) => Promise<T>): Promise<T>;
}

/** As `attempted`, and tells by a failure's `delivered` whether any try may have reached AR24. */
export async function attemptedWrite<T>(
  deps: Deps,
  patienceMs: number,
  run: (attempt: WriteAttempt) => Promise<T>,
): Promise<T> {
  const attempt = thisAttempt(deps);
  const { number, left, elapsedMs } = attempt;
  const lostBefore = sendsBefore(left);
  let lost = lostBefore;
  const mark = () => markOf(number, left, lost);
  const send: WriteAttempt['send'] = async (call) => {
    try {
      return await attempt.call(async (ar24, options) => {
        await attempt.leaveForCertain(markOf(number, left, lostBefore + 1));
        options.signal?.throwIfAborted();
        lost = lostBefore + 1;
        return call(ar24, options);
      });
    } catch (error) {
      if (isAr24Error(error) && error.delivered !== 'unknown') {
        lost = lostBefore;
        attempt.leave(mark());
      }
      throw error;
    }
  };
  const mayHaveSent = mayHaveSentBefore(number, left);
  try {
    return await run({
      ...attempt,
      lostBefore,
      mayHaveSentBefore: mayHaveSent,
      answersLost: () => lost,
      send,
    });
  } catch (error) {
    // It ended by itself, so that it is known what it sent: it must not count as one that died.
    attempt.leave(mark());
    const delivered = lost === 0 && !mayHaveSent ? 'no' : undefined;
    return throwAsFailure(error, { attempt: number, elapsedMs, patienceMs, delivered });
  }
}
