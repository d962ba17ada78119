/**
 * What stops every call (wrong credentials, throttling, maintenance) is found out by one probe a
 * minute, not by ten thousand senders; and a local limiter stands beside the server's, which lets
 * a burst through at the start of each second.
 */
import { isAr24Error, type Ar24Failure } from '../ar24/index.ts';
import { createTurns } from './turns.ts';
import { untilAborted } from './until-aborted.ts';

const PROBE_EVERY_MS = 60_000;
/** Under any pause, also where AR24 names none at all, or a time that is over. */
export const LEAST_PAUSE_MS = 1_000;
/** What Temporal takes where nothing is said. */
const MIDDLE = 3;

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
   * @param signal ends the wait for the turn; the call itself hears of it by its own means
   * @param priority Temporal's key: of those who wait for a turn the lowest number goes first
   * @throws GateClosed without calling; the signal's reason; or whatever the call throws
   */
  pass<T>(now: number, signal: AbortSignal, call: () => Promise<T>, priority?: number): Promise<T>;
}

export function createGate(maxCallsPerSecond: number): Gate {
  const myTurn = createTurns(maxCallsPerSecond);
  /** A try that waited in a backlog brings an old time: the latest that was seen counts. */
  let clock = 0;
  let closed: { readonly by: Stopping; readonly probeAt: number } | null = null;
  /** Ends, and never fails, with the probe that is under way. */
  let probe: Promise<void> | null = null;

  function refuseWhileClosed(): void {
    if (closed && clock < closed.probeAt) throw new GateClosed(closed.by, closed.probeAt - clock);
  }

  async function waitForTurn(signal: AbortSignal, priority: number): Promise<void> {
    const running = () => probe;
    do {
      // What it finds out holds for all: nobody fails on what was found before.
      for (let other = running(); other; other = running()) await untilAborted(signal, other);
      refuseWhileClosed();
      await myTurn(signal, priority);
      // Much may have happened in the queue.
    } while (running());
    refuseWhileClosed();
  }

  function close(by: Stopping, pauseMs: number): void {
    closed = { by, probeAt: clock + pauseMs };
  }

  async function run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (isStopping(error)) close(error, pauseAfter(error));
      throw error;
    }
  }

  /** Calls that were on their way when the gate closed do not open it: only this does. */
  async function runProbe<T>(call: () => Promise<T>): Promise<T> {
    const end = Promise.withResolvers<undefined>();
    probe = end.promise;
    try {
      const answer = await run(call);
      closed = null;
      return answer;
    } catch (error) {
      // Neither a cancellation nor the silence of the network says that AR24 is open again.
      if (isSilence(error)) closed &&= { by: closed.by, probeAt: clock + PROBE_EVERY_MS };
      else if (isAr24Error(error) && !isStopping(error)) closed = null;
      throw error;
    } finally {
      probe = null;
      end.resolve(undefined);
    }
  }

  return {
    async pass(now, signal, call, priority = MIDDLE) {
      clock = Math.max(clock, now);
      await waitForTurn(signal, priority);
      return closed ? runProbe(call) : run(call);
    },
  };
}

function isStopping(error: unknown): error is Stopping {
  return (
    isAr24Error(error) &&
    (error.kind === 'credentials' || error.kind === 'throttled' || error.kind === 'maintenance')
  );
}

function isSilence(error: unknown): boolean {
  return isAr24Error(error) && (error.kind === 'network' || error.kind === 'timeout');
}

function pauseAfter(error: Stopping): number {
  const named = error.kind === 'throttled' ? error.retryAfterMs : undefined;
  return Math.max(LEAST_PAUSE_MS, named ?? PROBE_EVERY_MS);
}
