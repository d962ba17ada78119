/** Sends signals and updates to a running onboarding. */
import { randomUUID } from 'node:crypto';
import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  UPDATE_REFUSED,
  type OnboardingView,
  type Reference,
} from '../workflows/contract/index.ts';
import { NoWorkerError, UpdateRefusedError } from './errors.ts';
import { describe, handleOf, isOpen } from './run.ts';
import { summaryOf } from './search.ts';
import { grpcCodeOf } from './grpc.ts';
import { callTemporal } from './temporal-call.ts';

export interface UpdateOptions {
  /** Repeated with the same id, an update is accepted only once. Default: random. */
  readonly updateId?: string | undefined;
  /** `counted`: the caller has counted the mail by `mails.take`. Otherwise it is counted after the update. */
  readonly mail?: 'counted' | undefined;
  /** How long to wait for a worker, in milliseconds. Default 10,000. */
  readonly withinMs?: number | undefined;
}

const WITHIN_MS = 10_000;
const TEMPORAL_ANSWERS_WITHIN_MS = 2_000;
/** An update rarely misses its run twice in a row. */
const TRIES = 5;
/** The server's failure types if a run accepted an update and then ended, or a worker left it without an answer. */
const NOT_DONE = new Set(['AcceptedUpdateCompletedWorkflow', 'UnprocessedUpdate']);

/** Without a run id: the message goes to the newest run. */
type Handle = ReturnType<typeof handleOf>;

/** @throws OnboardingNotFoundError; UpdateRefusedError when the onboarding has ended */
export async function sendSignal(
  temporal: Client,
  reference: Reference,
  signal: (handle: Handle) => Promise<void>,
): Promise<void> {
  const handle = handleOf(temporal, reference);
  try {
    await callTemporal(temporal, () => signal(handle));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await refuseIfEnded(temporal, reference);
    throw error;
  }
}

/**
 * Sends an update and waits for the view after it. An update that missed its run is sent again with the same id:
 * the run continued as new, or another event arrived in the same workflow task.
 *
 * @throws OnboardingNotFoundError, UpdateRefusedError, NoWorkerError, TemporalUnavailableError
 */
export async function sendUpdate(
  temporal: Client,
  reference: Reference,
  update: (handle: Handle, updateId: string) => Promise<OnboardingView>,
  { updateId = randomUUID(), withinMs = WITHIN_MS }: UpdateOptions = {},
): Promise<OnboardingView> {
  const deadline = performance.now() + withinMs;
  const handle = handleOf(temporal, reference);
  for (let tries = 1; ; tries++) {
    try {
      const left = deadline - performance.now();
      return await callTemporal(temporal, () => update(handle, updateId), left);
    } catch (error) {
      if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
        // Throws unless Temporal itself answers.
        await describe(temporal, reference, TEMPORAL_ANSWERS_WITHIN_MS);
        throw new NoWorkerError(reference, withinMs);
      }
      const refusal = refusalIn(error);
      if (refusal !== undefined) throw new UpdateRefusedError(reference, refusal);
      if (!missedItsRun(error)) throw error;
      if (tries === TRIES)
        throw new NoWorkerError(reference, withinMs - (deadline - performance.now()));
      await refuseIfEnded(temporal, reference);
    }
  }
}

function refusalIn(error: unknown): string | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  return cause instanceof ApplicationFailure && cause.type === UPDATE_REFUSED
    ? cause.message
    : undefined;
}

function missedItsRun(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  // The server drops an update if an activity ends during the task that would have ended the run. It also
  // drops updates while the worker's code fails.
  if (grpcCodeOf(error) === 'FAILED_PRECONDITION') return true;
  if (!(error instanceof WorkflowUpdateFailedError)) return false;
  return error.cause instanceof ApplicationFailure && NOT_DONE.has(error.cause.type ?? '');
}

async function refuseIfEnded(temporal: Client, reference: Reference): Promise<void> {
  const run = await describe(temporal, reference);
  if (isOpen(run)) return;
  const { status } = summaryOf(run);
  throw new UpdateRefusedError(
    reference,
    `this onboarding has ended (${status}); start it again to go on`,
  );
}
