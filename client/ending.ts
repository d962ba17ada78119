/** The end of an onboarding: its outcome, or the failure of its run. */
import {
  ServiceError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import { TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import {
  viewQuery,
  type OnboardingView,
  type Outcome,
  type Reference,
  type RunId,
} from '../workflows/contract/index.ts';
import { OnboardingNotFoundError, TemporalUnavailableError } from './errors.ts';
import { unreadIn, type Unread } from './payloads.ts';
import { handleOf, type OnboardingRun } from './run.ts';
import { callTemporal } from './temporal-call.ts';

/** The run ended without an outcome: a bug, or somebody terminated it. */
export interface Failed {
  readonly kind: 'failed';
  readonly how: 'failed' | 'terminated' | 'timed-out';
}

/** The onboarding has ended, but its outcome is not readable here. The status is. */
export interface Unreadable extends Unread {
  readonly kind: 'unreadable';
}

export type Ending = Outcome | Failed | Unreadable;

/** Waits without a limit until the onboarding has ended. @throws OnboardingNotFoundError */
export async function endingOf(
  temporal: Client,
  reference: Reference,
  runId?: RunId,
): Promise<Ending> {
  try {
    return await handleOf(temporal, reference, runId).result();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new OnboardingNotFoundError(reference);
    const unread = unreadIn(error);
    if (unread) return { kind: 'unreadable', ...unread };
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { cause } = error;
    if (cause instanceof TerminatedFailure) return { kind: 'failed', how: 'terminated' };
    if (cause instanceof TimeoutFailure) return { kind: 'failed', how: 'timed-out' };
    return { kind: 'failed', how: 'failed' };
  }
}

/** The ending of a run that has ended. @throws OnboardingNotFoundError, TemporalUnavailableError */
export async function endingOfRun(
  temporal: Client,
  reference: Reference,
  { runId, status }: Pick<OnboardingRun, 'runId' | 'status'>,
): Promise<Ending> {
  const ending = await callTemporal(temporal, () => endingOf(temporal, reference, runId));
  // The failure is encrypted, but the status shows that the run failed.
  const hasFailed = status.name !== 'COMPLETED' && ending.kind === 'unreadable';
  return hasFailed ? { kind: 'failed', how: 'failed' } : ending;
}

/** The workflow first waits for a call to AR24 in flight, which may take longer than a caller waits. */
const ENDS_WITHIN_MS = 2_000;

/** The view after the end. Undefined if the onboarding has not ended within two seconds, or is not readable any more. */
export async function viewAtEnd(
  temporal: Client,
  reference: Reference,
): Promise<OnboardingView | undefined> {
  try {
    await callTemporal(temporal, () => endingOf(temporal, reference), ENDS_WITHIN_MS);
    const handle = handleOf(temporal, reference);
    return await callTemporal(temporal, () => handle.query(viewQuery), ENDS_WITHIN_MS);
  } catch (error) {
    const isUnknown =
      error instanceof TemporalUnavailableError ||
      error instanceof OnboardingNotFoundError ||
      error instanceof ServiceError;
    if (isUnknown) return undefined;
    throw error;
  }
}
