/**
 * A circuit breaker around AR24, with a rate limiter behind it. Some failures hold for every call: wrong
 * credentials, throttling, maintenance. They open the circuit, and one probe a minute finds out when it may close
 * again, instead of ten thousand senders.
 */
import { isAr24Error, type Ar24Failure } from '../ar24/index.ts';
import { untilAborted } from '../client/races.ts';
import { createRateLimiter, type ShareNow } from './rate-limiter.ts';

const PROBE_EVERY_MS = 60_000;
/** The minimum of every pause, also if AR24 names zero or a time in the past. */
export const LEAST_PAUSE_MS = 1_000;
/** Temporal's default priority key. */
const DEFAULT_PRIORITY = 3;

type Stopping = Extract<Ar24Failure, { kind: 'credentials' | 'throttled' | 'maintenance' }>;

/** No call was made: AR24 refused an earlier one for a reason that holds for every call. */
export class CircuitOpen extends Error {
  readonly kind = 'circuit-open';
  override readonly cause: Stopping;
  readonly probeInMs: number;

  constructor(cause: Stopping, probeInMs: number) {
    // The message does not name the refused call, which may have been for another sender.
    super(`AR24 is not called for now, since it just refused a call of this worker: ${cause.what}`);
    this.cause = cause;
    this.probeInMs = probeInMs;
  }
}

export interface CircuitBreaker {
  /**
   * Runs one call to AR24 as soon as the rate limiter allows.
   * @param now Temporal's time in ms, by which it schedules attempts
   * @param signal ends the wait; the caller passes it to the call itself
   * @param priority Temporal's priority key: the lowest number goes first
   * @throws CircuitOpen without calling; the signal's reason; or the error of the call
   */
  pass<T>(now: number, signal: AbortSignal, call: () => Promise<T>, priority?: number): Promise<T>;
}

/**
 * @param shareNow see `createRateLimiter`
 * @param onChange called with the reason when the circuit opens, and with null when it closes
 */
export function createCircuitBreaker(
  maxCallsPerSecond: number,
  shareNow?: ShareNow,
  onChange?: (openedBy: Stopping['kind'] | null) => void,
): CircuitBreaker {
  const limiter = createRateLimiter(maxCallsPerSecond, shareNow);
  /** The latest time of Temporal. An attempt that waited in a backlog has an older one. */
  let clock = 0;
  let open: { readonly by: Stopping; readonly probeAt: number } | null = null;
  /** Resolves, and never rejects, once the probe in flight has ended. */
  let probe: Promise<void> | null = null;

  function rejectWhileOpen(): void {
    if (open && clock < open.probeAt) throw new CircuitOpen(open.by, open.probeAt - clock);
  }

  async function waitUntilAllowed(signal: AbortSignal, priority: number): Promise<void> {
    const running = () => probe;
    do {
      // The probe's result holds for all callers, so they wait for it.
      for (let other = running(); other; other = running()) await untilAborted(signal, other);
      rejectWhileOpen();
      await limiter(signal, priority);
      // A probe may have begun while this call waited in the queue.
    } while (running());
    rejectWhileOpen();
  }

  function openFor(by: Stopping, pauseMs: number): void {
    open = { by, probeAt: clock + pauseMs };
    onChange?.(by.kind);
  }

  function close(): void {
    open = null;
    onChange?.(null);
  }

  async function run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (isStopping(error)) openFor(error, pauseAfter(error));
      throw error;
    }
  }

  /** Half-open: one call decides. Calls that were in flight when the circuit opened do not close it. */
  async function runProbe<T>(call: () => Promise<T>): Promise<T> {
    const end = Promise.withResolvers<undefined>();
    probe = end.promise;
    try {
      const answer = await run(call);
      close();
      return answer;
    } catch (error) {
      // A cancellation or a network failure does not show that AR24 accepts calls again.
      if (isNetworkFailure(error)) open &&= { by: open.by, probeAt: clock + PROBE_EVERY_MS };
      else if (isAr24Error(error) && !isStopping(error)) close();
      throw error;
    } finally {
      probe = null;
      end.resolve(undefined);
    }
  }

  return {
    async pass(now, signal, call, priority = DEFAULT_PRIORITY) {
      clock = Math.max(clock, now);
      await waitUntilAllowed(signal, priority);
      return open ? runProbe(call) : run(call);
    },
  };
}

function isStopping(error: unknown): error is Stopping {
  return (
    isAr24Error(error) &&
    (error.kind === 'credentials' || error.kind === 'throttled' || error.kind === 'maintenance')
  );
}

function isNetworkFailure(error: unknown): boolean {
  return isAr24Error(error) && (error.kind === 'network' || error.kind === 'timeout');
}

function pauseAfter(error: Stopping): number {
  const named = error.kind === 'throttled' ? error.retryAfterMs : undefined;
  return Math.max(LEAST_PAUSE_MS, named ?? PROBE_EVERY_MS);
}
