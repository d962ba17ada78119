/** One try of an activity that calls AR24: its clock, its heartbeats, its failures. */
import { CancelledFailure, Context } from '@temporalio/activity';
import { ActivityCancelledError } from '@temporalio/client';
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { isAr24Error, type Ar24Client, type CallOptions } from '../ar24/index.ts';
import type { CallFailure } from '../workflows/contract/index.ts';
import { failureFor, type Tries } from './failure.ts';
import { GateClosed, type Gate } from './gate.ts';

const HEARTBEAT_EVERY_MS = 5_000;
const HEARTBEAT_WITHIN_MS = 10_000;
const AFTER_SHUTDOWN_MS = 1_000;

export interface Deps {
  readonly ar24: Ar24Client;
  readonly gate: Gate;
}

export interface Attempt {
  readonly number: number;
  /** Server time in ms: it also holds where a test skips time. */
  readonly now: number;
  /** Milliseconds since the activity was scheduled. */
  readonly elapsedMs: number;
  /** What the last try left behind, from any shape. */
  readonly left: unknown;
  /** Leaves something for the next try, should this one die. */
  leave(details: unknown): void;
  /**
   * The same, and resolves once Temporal has it.
   *
   * @throws CancelledFailure, or what Temporal's client throws: also where this try counts as dead, and
   *   another has taken its place
   */
  leaveForCertain(details: unknown): Promise<void>;
  /** Calls AR24 through the gate, heartbeating while it waits. */
  call<T>(call: (ar24: Ar24Client, options: CallOptions) => Promise<T>): Promise<T>;
}

/**
 * Runs one try. What AR24's client throws becomes a failure here; a stopped worker's call is tried
 * again at once, elsewhere.
 */
export async function attempted<T>(
  deps: Deps,
  patienceMs: number,
  run: (attempt: Attempt) => Promise<T>,
  withinMs?: number,
): Promise<T> {
  const attempt = thisAttempt(deps, withinMs);
  try {
    return await run(attempt);
  } catch (error) {
    const { number, elapsedMs } = attempt;
    return throwAsFailure(error, { attempt: number, elapsedMs, patienceMs, withinMs });
  }
}

/** @throws always: the failure that Temporal is to see */
export function throwAsFailure(error: unknown, tries?: Tries): never {
  if (tries && (isAr24Error(error) || error instanceof GateClosed)) throw failureFor(error, tries);
  throw asStopped(error, tries?.delivered);
}

export function thisAttempt({ ar24, gate }: Deps, withinMs?: number): Attempt {
  const context = Context.current();
  const { attempt, scheduledTimestampMs, currentAttemptScheduledTimestampMs } = context.info;
  const now = currentAttemptScheduledTimestampMs;
  const { priority } = context.info;
  let details: unknown = context.info.heartbeatDetails;
  let hasLeft = false;
  const leave = (left: unknown) => {
    details = left;
    hasLeft = true;
    context.heartbeat(left);
  };
  const signal =
    withinMs === undefined
      ? context.cancellationSignal
      : AbortSignal.any([context.cancellationSignal, AbortSignal.timeout(withinMs)]);
  return {
    number: attempt,
    now,
    elapsedMs: Math.max(0, now - scheduledTimestampMs),
    left: context.info.heartbeatDetails,
    leave,
    async leaveForCertain(left) {
      details = left;
      // Else what is held back by the throttle of heartbeats would take its place later.
      if (hasLeft) leave(left);
      await heartbeatNow(context, left);
    },
    async call(call) {
      const beat = setInterval(() => {
        leave(details);
      }, HEARTBEAT_EVERY_MS);
      try {
        return await gate.pass(now, signal, () => call(ar24, { signal }), priority?.priorityKey);
      } finally {
        clearInterval(beat);
      }
    },
  };
}

/** Past the throttle of heartbeats, and heard: the SDK's own tell nobody whether they have arrived. */
async function heartbeatNow(context: Context, details: unknown): Promise<void> {
  const { client, info } = context;
  const { activityId, namespace, taskToken } = info;
  const { workflowId } = info.workflowExecution ?? {};
  const serializationContext = {
    type: 'activity' as const,
    namespace,
    activityId,
    isLocal: false,
    ...(workflowId !== undefined && { workflowId }),
  };
  try {
    await client.withDeadline(Date.now() + HEARTBEAT_WITHIN_MS, () =>
      client.activity.heartbeat(taskToken, details, { serializationContext }),
    );
  } catch (error) {
    if (!(error instanceof ActivityCancelledError)) throw error;
    // As cancelled counts only what the SDK has heard of itself, which is by a heartbeat of its own.
    context.heartbeat(details);
    await context.cancelled;
  }
}

/** The worker goes away in the middle of a call: another one takes over in a second. */
function wasShutDown(error: unknown): boolean {
  return error instanceof CancelledFailure && error.message === 'WORKER_SHUTDOWN';
}

/** The workflow does not want the call any more. */
export function wasCancelled(error: unknown): boolean {
  return error instanceof CancelledFailure && error.message === 'CANCELLED';
}

function asStopped(error: unknown, delivered: CallFailure['delivered']): unknown {
  const unreachable: CallFailure = { problem: 'unreachable', ...(delivered && { delivered }) };
  if (wasShutDown(error)) {
    return ApplicationFailure.create({
      type: 'WorkerShutdown',
      message: 'the worker was stopped during the call',
      nextRetryDelay: AFTER_SHUTDOWN_MS,
      // For a call that is tried once only.
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
  // A bug, before anything was sent: whoever tries once only must not take it for a lost answer.
  return delivered === 'no' && !(error instanceof TemporalFailure)
    ? ApplicationFailure.fromError(error, { details: [unreachable] })
    : error;
}
