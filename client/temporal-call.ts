/** Makes every call to Temporal: in bounded time, and with errors that say what to do. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client } from '@temporalio/client';
import { isGrpcServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { UnknownKeyError } from '../codec/index.ts';
import { TemporalUnavailableError } from './errors.ts';
import { grpcAnswerIn } from './grpc.ts';

const DEADLINE_MS = 10_000;
/** For a call that waits for people. */
export const NO_LIMIT = Infinity;

/** gRPC's details of a call that this process cancelled. With others the server, or a proxy, cancelled it. */
const CANCELLED_HERE = 'Cancelled on client';
/** gRPC's own details of a stream that was reset, and not an answer of the server. */
const RESET = /^Received RST_STREAM/;

/** The server refuses a signal if too many wait for a worker (10,000 by default). */
const SIGNALS_FULL = /exceeded workflow execution limit for signal/i;

/** The deadline of all calls in the present scope, by `performance.now()`: the system clock may be set back. */
const outerDeadline = new AsyncLocalStorage<number>();

/**
 * Sets one deadline for all calls to Temporal in `use` together, beside the limit of each call. For a caller
 * that has to answer in time itself, such as an HTTP server.
 */
export function answeredWithin<T>(withinMs: number, use: () => Promise<T>): Promise<T> {
  const until = Math.min(performance.now() + withinMs, outerDeadline.getStore() ?? Infinity);
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
  const leftMs = (outerDeadline.getStore() ?? Infinity) - performance.now();
  const limitMs = Math.max(1, Math.min(withinMs, leftMs));
  try {
    return await temporal.withDeadline(Date.now() + limitMs, call);
  } catch (error) {
    throw unavailable(error, temporal.options.namespace, limitMs) ?? error;
  }
}

/** Undefined if the call failed for another reason than Temporal itself. */
function unavailable(
  error: unknown,
  namespace: string,
  withinMs: number,
): TemporalUnavailableError | undefined {
  const missing = unknownKeyIn(error);
  if (missing) return new TemporalUnavailableError(missing.message, error);
  if (isNamespaceMissing(error)) {
    return new TemporalUnavailableError(`it has no namespace ${namespace}`, error);
  }
  // An update also waits for a worker, so a time-out does not show whether Temporal or the worker is at fault.
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return undefined;
  const answer = grpcAnswerIn(error);
  switch (answer?.code) {
    case 'INVALID_ARGUMENT':
      if (takesNoMoreSignals(error)) {
        return new TemporalUnavailableError('it keeps no more messages for one onboarding', error);
      }
      if (!/search attribute/i.test(answer.details)) return undefined;
      return new TemporalUnavailableError(
        'its namespace lacks search attributes of ours, or has them with another type; start a ' +
          'worker once, which adds them where it may, or see `onboard doctor`',
        error,
      );
    case 'CANCELLED':
      return answer.details === CANCELLED_HERE ? undefined : cutOff(error);
    case 'INTERNAL':
      return RESET.test(answer.details) ? cutOff(error) : undefined;
    case 'UNAVAILABLE':
      return new TemporalUnavailableError('it does not answer', error);
    case 'DEADLINE_EXCEEDED':
      return new TemporalUnavailableError(
        `no answer within ${Math.round(withinMs) / 1000} s`,
        error,
      );
    case 'PERMISSION_DENIED':
    case 'UNAUTHENTICATED':
      return new TemporalUnavailableError('it refused the credentials', error);
    default:
      return undefined;
  }
}

/** The SDK reports it as an error of its own only for its own calls, not for calls of the raw service. */
function isNamespaceMissing(error: unknown): boolean {
  if (error instanceof NamespaceNotFoundError) return true;
  if (!isGrpcServiceError(error)) return false;
  const [details] = error.metadata.get('grpc-status-details-bin');
  return Buffer.isBuffer(details) && details.includes('NamespaceNotFoundFailure');
}

function cutOff(error: unknown): TemporalUnavailableError {
  return new TemporalUnavailableError('it cut the call off, as one that shuts down does', error);
}

/** The workflow has reached the limit of signals. */
export function takesNoMoreSignals(error: unknown): boolean {
  const answer = grpcAnswerIn(error);
  return answer?.code === 'INVALID_ARGUMENT' && SIGNALS_FULL.test(answer.details);
}

export function unknownKeyIn(error: unknown): UnknownKeyError | undefined {
  if (error instanceof UnknownKeyError) return error;
  return error instanceof Error ? unknownKeyIn(error.cause) : undefined;
}
