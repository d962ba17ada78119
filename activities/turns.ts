/** The local limiter: calls in the order they came, no more a second than AR24 is to get. */
import pThrottle from 'p-throttle';
import { untilAborted } from './until-aborted.ts';

/**
 * @returns waits for one's turn
 * @throws the signal's reason: who goes away takes no turn
 */
export function createTurns(maxCallsPerSecond: number): (signal: AbortSignal) => Promise<void> {
  const limit = Math.max(1, Math.floor(maxCallsPerSecond));
  const interval = maxCallsPerSecond >= 1 ? 1000 : 1000 / maxCallsPerSecond;
  const nextTurn = pThrottle({ limit, interval, strict: true })(() => Promise.resolve());
  let queue: Promise<unknown> = Promise.resolve();

  return async (signal) => {
    const before = queue;
    const served = Promise.withResolvers<undefined>();
    queue = Promise.all([before, served.promise]);
    try {
      await untilAborted(signal, before);
      // One at a time: the limiter hears no signal, and its timers would outlive a stopped worker.
      await untilAborted(signal, nextTurn());
    } finally {
      served.resolve(undefined);
    }
  };
}
