/** Messages to a running onboarding. */
import { randomUUID } from 'node:crypto';
import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { UPDATE_REFUSED, type OnboardingView } from '../workflows/contract/index.ts';
import { NoWorkerError, UpdateRefusedError } from './errors/index.ts';
import { describe, handleOf, isOpen } from './onboarding-run.ts';
import { summaryOf } from './summary.ts';
import { callTemporal, GRPC, grpcCodeOf } from './temporal-call.ts';

export interface UpdateOptions {
  /** Repeated with the same id, an update is taken once only. Random where absent. */
  readonly updateId?: string | undefined;
  /** How long a worker is waited for, in milliseconds. Default 10,000. */
  readonly withinMs?: number | undefined;
}

const WITHIN_MS = 10_000;
const TEMPORAL_ANSWERS_WITHIN_MS = 2_000;
/** What makes an update miss its run is over in a moment; twice in a row is rare. */
const TRIES = 5;
/** The server's word for an update that was accepted by a run which then ended. */
const ENDED_MEANWHILE = 'AcceptedUpdateCompletedWorkflow';

/** The onboarding to which a message goes, whichever run it is in. */
type Handle = ReturnType<typeof handleOf>;

/** @throws OnboardingNotFoundError; UpdateRefusedError when the onboarding has ended */
export async function sendSignal(
  temporal: Client,
  reference: string,
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
 * Sends an update and waits for the view after it. One that missed its run is sent again with the
 * same id: the run went on in a new one, or something else happened in the very task that took it.
 *
 * @throws OnboardingNotFoundError, UpdateRefusedError, NoWorkerError, TemporalUnavailableError
 */
export async function sendUpdate(
  temporal: Client,
  reference: string,
  update: (handle: Handle, updateId: string) => Promise<OnboardingView>,
  { updateId = randomUUID(), withinMs = WITHIN_MS }: UpdateOptions = {},
): Promise<OnboardingView> {
  const deadline = Date.now() + withinMs;
  const handle = handleOf(temporal, reference);
  for (let tries = 1; ; tries++) {
    try {
      const left = deadline - Date.now();
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
      if (tries === TRIES) throw new NoWorkerError(reference, withinMs - (deadline - Date.now()));
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
  // The server drops an update together with the task that would have ended the run with it, when
  // an activity ends meanwhile; and for as long as the worker's code fails.
  if (grpcCodeOf(error) === GRPC.failedPrecondition) return true;
  if (!(error instanceof WorkflowUpdateFailedError)) return false;
  return error.cause instanceof ApplicationFailure && error.cause.type === ENDED_MEANWHILE;
}

async function refuseIfEnded(temporal: Client, reference: string): Promise<void> {
  const run = await describe(temporal, reference);
  if (isOpen(run)) return;
  const { status } = summaryOf(run);
  throw new UpdateRefusedError(
    reference,
    `this onboarding has ended (${status}); start it again to go on`,
  );
}
