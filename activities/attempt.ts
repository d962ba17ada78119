/** One try of an activity that calls AR24: the time, the heartbeats, the failures. */
import { CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { isAr24Error, type Ar24Client, type CallOptions } from '../ar24/index.ts';
import type { CallFailure } from '../workflows/contract/index.ts';
import { CircuitOpen } from './circuit-breaker.ts';
import type { Deps } from './deps.ts';
import { failureFor, failureWhilePaused, type Tries } from './failure.ts';

const HEARTBEAT_EVERY_MS = 5_000;
/** The SDK holds heartbeats back for 5 s, and they need time on their way. */
const HEARTBEAT_MARGIN_MS = 10_000;
const AFTER_SHUTDOWN_MS = 1_000;
/** How long a write waits for its turn. Temporal must not end a try that waits: it would count as sent. */
const TURN_WITHIN_MS = 300_000;

/** The process stood still for so long that Temporal may have given up on the try, and the workflow has gone on. */
class WorkerStoodStill extends Error {
  override readonly name = 'WorkerStoodStill';

  constructor() {
    super('this worker stood still before the call to AR24: nothing was sent');
  }
}

/** An operator has paused all writes to AR24. */
class WritesPaused extends Error {
  override readonly name = 'WritesPaused';

  constructor() {
    super('an operator has paused writes to AR24: nothing was sent');
  }
}

/** A write waited too long for its turn: the rate limiter does not know this worker's share, or is behind. */
class NoTurn extends Error {
  override readonly name = 'NoTurn';

  constructor() {
    super('the call to AR24 got no turn in this worker: nothing was sent');
  }
}

type Ar24Call<T> = (ar24: Ar24Client, options: CallOptions) => Promise<T>;

export interface Attempt {
  readonly number: number;
  /** Temporal's time in ms. It is right also if a test skips time. */
  readonly now: number;
  /** Milliseconds since the activity was scheduled. */
  readonly elapsedMs: number;
  /** The heartbeat details of the last try, not validated. */
  readonly lastDetails: unknown;
  /** AR24 may have carried out a write whose answer never arrived. A failure reports it as `delivered`. */
  unconfirmed: boolean;
  /** Records details in a heartbeat. The next try gets them if this one dies. */
  recordDetails(details: unknown): void;
  /** Calls AR24 through the circuit breaker, and sends heartbeats meanwhile. */
  call<T>(call: Ar24Call<T>): Promise<T>;
  /**
   * The same for a write.
   *
   * @throws WorkerStoodStill, WritesPaused or NoTurn without calling
   */
  write<T>(call: Ar24Call<T>): Promise<T>;
}

/**
 * Runs one try, and turns an error of AR24's client into a Temporal failure. If this worker is stopped, another one
 * tries again after a second. If it dies, the retry policy decides (workflows/retry.ts).
 */
export async function attempted<T>(
  deps: Deps,
  retryBudgetMs: number,
  run: (attempt: Attempt) => Promise<T>,
  withinMs?: number,
): Promise<T> {
  const attempt = thisAttempt(deps, withinMs);
  try {
    return await run(attempt);
  } catch (error) {
    const { number, elapsedMs, unconfirmed } = attempt;
    const delivered = unconfirmed ? 'unknown' : 'no';
    return throwAsFailure(error, {
      attempt: number,
      elapsedMs,
      retryBudgetMs,
      withinMs,
      delivered,
    });
  }
}

/** @throws always: the failure to report to Temporal */
export function throwAsFailure(error: unknown, tries?: Tries): never {
  if (tries && error instanceof WritesPaused) throw failureWhilePaused(error, tries);
  if (tries && (isAr24Error(error) || error instanceof CircuitOpen)) throw failureFor(error, tries);
  throw asStopped(error, tries);
}

export function thisAttempt(
  { ar24, circuitBreaker, metrics, writesPaused }: Deps,
  withinMs?: number,
): Attempt {
  const context = Context.current();
  const { attempt, scheduledTimestampMs, currentAttemptScheduledTimestampMs } = context.info;
  const { heartbeatTimeoutMs = Infinity, priority } = context.info;
  const now = currentAttemptScheduledTimestampMs;
  let details: unknown = context.info.heartbeatDetails;
  const pulse = createPulse(heartbeatTimeoutMs - HEARTBEAT_MARGIN_MS);
  const signal =
    withinMs === undefined
      ? context.cancellationSignal
      : AbortSignal.any([context.cancellationSignal, AbortSignal.timeout(withinMs)]);

  /** @param waiting aborted when the call has waited for its turn long enough */
  async function pass<T>(call: Ar24Call<T>, waiting: AbortSignal): Promise<T> {
    const beat = setInterval(() => {
      pulse.beat();
      context.heartbeat(details);
    }, HEARTBEAT_EVERY_MS);
    const stopWaiting = metrics.wait(priority?.priorityKey);
    try {
      const run = () => {
        stopWaiting();
        return metrics.measure((onCall) => call(ar24, { signal, onCall }));
      };
      return await circuitBreaker.pass(now, waiting, run, priority?.priorityKey);
    } finally {
      stopWaiting();
      clearInterval(beat);
    }
  }

  return {
    number: attempt,
    now,
    elapsedMs: Math.max(0, now - scheduledTimestampMs),
    lastDetails: details,
    unconfirmed: false,
    recordDetails(left) {
      details = left;
      context.heartbeat(left);
    },
    call: (call) => pass(call, signal),
    async write(call) {
      const turn = new AbortController();
      const timer = setTimeout(() => {
        turn.abort(new NoTurn());
      }, TURN_WITHIN_MS);
      const sent: typeof call = async (client, options) => {
        clearTimeout(timer);
        // After the wait for a turn, so that a pause stops the calls that were waiting, too.
        if (await writesPaused()) throw new WritesPaused();
        signal.throwIfAborted();
        if (!pulse.isSteady()) throw new WorkerStoodStill();
        this.unconfirmed = true;
        return call(client, options);
      };
      try {
        const answer = await pass(sent, AbortSignal.any([signal, turn.signal]));
        this.unconfirmed = false;
        return answer;
      } catch (error) {
        if (isAr24Error(error) && error.delivered !== 'unknown') this.unconfirmed = false;
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/**
 * Notices if the process stood still, as a paused machine does, for so long that Temporal may have given up on the
 * try. Neither clock alone is enough: one of them stops on a paused machine, the other can be set.
 */
function createPulse(limitMs: number) {
  const clocks = () => [Date.now(), performance.now()];
  let last = clocks();
  let isBroken = false;
  const isSteady = () => {
    isBroken ||= clocks().some((ms, which) => ms - (last[which] ?? ms) > limitMs);
    return !isBroken;
  };
  return {
    isSteady,
    beat() {
      isSteady();
      last = clocks();
    },
  };
}

/** The worker stops during a call. Another one tries again after a second. */
function wasShutDown(error: unknown): boolean {
  return error instanceof CancelledFailure && error.message === 'WORKER_SHUTDOWN';
}

function asStopped(error: unknown, tries: Tries | undefined): unknown {
  const delivered = tries?.delivered ?? 'unknown';
  const since = tries?.since !== undefined && { since: tries.since };
  const unreachable: CallFailure = { problem: 'unreachable', delivered, ...since };
  if (wasShutDown(error)) {
    return ApplicationFailure.create({
      type: 'WorkerShutdown',
      message: 'the worker was stopped during the call',
      nextRetryDelay: AFTER_SHUTDOWN_MS,
      // Read by the workflow if the call is tried once only.
      details: [unreachable],
    });
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return ApplicationFailure.create({
      type: 'Ar24TimeoutError',
      message: 'AR24 did not answer in time',
      nonRetryable: true,
      details: [unreachable],
    });
  }
  if (error instanceof TemporalFailure) return error;
  // A bug, or Temporal did not say whether writes are paused. A workflow that allows one try must not count it as sent.
  const isOver = tries !== undefined && tries.elapsedMs >= tries.retryBudgetMs;
  return ApplicationFailure.fromError(error, { nonRetryable: isOver, details: [unreachable] });
}
