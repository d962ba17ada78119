/** Every call to Temporal is made here: in bounded time, and with failures that say what to do. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client } from '@temporalio/client';
import { isGrpcServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { rethrowKnownErrorTypes } from '@temporalio/client/lib/helpers.js';
import { NamespaceNotFoundError } from '@temporalio/common';
import { UnknownKeyError } from '../codec/index.ts';
import { TemporalUnavailableError } from './errors/index.ts';

/** gRPC's status codes, as far as they decide something here. */
export const GRPC = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  failedPrecondition: 9,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const;

const DEADLINE_MS = 10_000;
/** For what takes as long as people do. */
export const NO_LIMIT = Infinity;

/** What gRPC says of a call that was cancelled here; all others were by the server, or a proxy before it. */
const CANCELLED_HERE = 'Cancelled on client';
/** What it says where the server's end was reset, which is no word of the server's own. */
const RESET = /^Received RST_STREAM/;

/** So many signals wait for a worker that the server takes no more (10,000 by default). */
const SIGNALS_FULL = /exceeded workflow execution limit for signal/i;

/** Until when (ms since the epoch) everything has to be answered that is being done. */
const outerDeadline = new AsyncLocalStorage<number>();

/**
 * Bounds all that `use` asks of Temporal, together, beside the limit that each call has by itself: for
 * whoever has to answer somebody else in time.
 */
export function answeredWithin<T>(withinMs: number, use: () => Promise<T>): Promise<T> {
  const until = Math.min(Date.now() + withinMs, outerDeadline.getStore() ?? Infinity);
  return outerDeadline.run(until, use);
}

/**
 * @param withinMs after which the call has failed
 * @throws TemporalUnavailableError, or what the call throws
 */
export async function callTemporal<T>(
  temporal: Client,
  call: () => Promise<T>,
  withinMs: number = DEADLINE_MS,
): Promise<T> {
  const now = Date.now();
  const limitMs = Math.max(1, Math.min(withinMs, (outerDeadline.getStore() ?? Infinity) - now));
  try {
    return await temporal.withDeadline(now + limitMs, call);
  } catch (error) {
    const known = asTheSdkKnowsIt(error);
    throw unavailable(known, limitMs) ?? known;
  }
}

/** Which it does only of its own calls, and not of those made to its service. */
function asTheSdkKnowsIt(error: unknown): unknown {
  if (!isGrpcServiceError(error)) return error;
  try {
    rethrowKnownErrorTypes(error);
    return error;
  } catch (known) {
    return known;
  }
}

/** Undefined where the failure is no failure of Temporal's as such. */
function unavailable(error: unknown, withinMs: number): TemporalUnavailableError | undefined {
  const missing = unknownKeyIn(error);
  if (missing) return new TemporalUnavailableError(missing.message, error);
  if (error instanceof NamespaceNotFoundError) {
    return new TemporalUnavailableError(`it has no namespace ${error.namespace}`, error);
  }
  // An update waits for a worker: that nobody answered it does not tell whose fault it is.
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return undefined;
  const answer = grpcAnswerIn(error);
  switch (answer?.code) {
    case GRPC.invalidArgument:
      if (takesNoMoreSignals(error)) {
        return new TemporalUnavailableError('it keeps no more messages for one onboarding', error);
      }
      if (!/search attribute/i.test(answer.details)) return undefined;
      return new TemporalUnavailableError(
        'its namespace lacks search attributes of ours, or has them with another type; start a ' +
          'worker once, which adds them where it may, or see `onboard doctor`',
        error,
      );
    case GRPC.cancelled:
      return answer.details === CANCELLED_HERE ? undefined : cutOff(error);
    case GRPC.internal:
      return RESET.test(answer.details) ? cutOff(error) : undefined;
    case GRPC.unavailable:
      return new TemporalUnavailableError('it does not answer', error);
    case GRPC.deadlineExceeded:
      return new TemporalUnavailableError(`no answer within ${withinMs / 1000} s`, error);
    case GRPC.permissionDenied:
    case GRPC.unauthenticated:
      return new TemporalUnavailableError('it refused the credentials', error);
    default:
      return undefined;
  }
}

function cutOff(error: unknown): TemporalUnavailableError {
  return new TemporalUnavailableError('it cut the call off, as one that shuts down does', error);
}

export function grpcCodeOf(error: unknown): number | undefined {
  return grpcAnswerIn(error)?.code;
}

interface GrpcAnswer {
  readonly code: number;
  /** May repeat what was sent: not for a person. */
  readonly details: string;
}

/** The SDK wraps gRPC's errors in errors of its own. */
function grpcAnswerIn(error: unknown): GrpcAnswer | undefined {
  if (isGrpcServiceError(error)) return error;
  return error instanceof Error ? grpcAnswerIn(error.cause) : undefined;
}

/** So many signals wait for a worker, or have come, that there is no place for another. */
export function takesNoMoreSignals(error: unknown): boolean {
  const answer = grpcAnswerIn(error);
  return answer?.code === GRPC.invalidArgument && SIGNALS_FULL.test(answer.details);
}

export function unknownKeyIn(error: unknown): UnknownKeyError | undefined {
  if (error instanceof UnknownKeyError) return error;
  return error instanceof Error ? unknownKeyIn(error.cause) : undefined;
}
