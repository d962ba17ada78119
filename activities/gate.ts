/**
 * What stops every call (wrong credentials, throttling, maintenance) is found out by one probe a
 * minute, not by ten thousand senders; and a local limiter stands beside the server's, which lets
 * a burst through at the start of each second.
 */
import pThrottle from 'p-throttle';
import { isAr24Error, type Ar24Failure } from '../ar24/index.ts';

const PROBE_EVERY_MS = 60_000;

type Stopping = Extract<Ar24Failure, { kind: 'credentials' | 'throttled' | 'maintenance' }>;

/** No call was made: the last one that was found AR24 shut for everybody. */
export class GateClosed extends Error {
  readonly kind = 'gate-closed';
  override readonly cause: Stopping;
  readonly opensInMs: number;

  constructor(cause: Stopping, opensInMs: number) {
    super(cause.message);
    this.cause = cause;
    this.opensInMs = opensInMs;
  }
}

export interface Gate {
  /**
   * Runs one call to AR24, in its turn.
   * @param now server time in ms: the clock by which Temporal schedules the tries
   * @throws GateClosed without calling; or whatever the call throws
   */
  pass<T>(now: number, call: () => Promise<T>): Promise<T>;
}

export function createGate(maxCallsPerSecond: number): Gate {
  const limit = Math.max(1, Math.floor(maxCallsPerSecond));
  const interval = maxCallsPerSecond >= 1 ? 1000 : 1000 / maxCallsPerSecond;
  const inTurn = pThrottle({ limit, interval, strict: true })(() => Promise.resolve());
  let closed: { readonly by: Stopping; probeAt: number } | null = null;

  return {
    async pass(now, call) {
      if (closed && now < closed.probeAt) throw new GateClosed(closed.by, closed.probeAt - now);
      if (closed) closed.probeAt = now + PROBE_EVERY_MS;
      await inTurn();
      try {
        const answer = await call();
        closed = null;
        return answer;
      } catch (error) {
        closed = isStopping(error) ? { by: error, probeAt: now + pauseAfter(error) } : null;
        throw error;
      }
    },
  };
}

function isStopping(error: unknown): error is Stopping {
  return (
    isAr24Error(error) &&
    (error.kind === 'credentials' || error.kind === 'throttled' || error.kind === 'maintenance')
  );
}

function pauseAfter(error: Stopping): number {
  const named = error.kind === 'throttled' ? error.retryAfterMs : undefined;
  return named ?? PROBE_EVERY_MS;
}
