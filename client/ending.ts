/** How an onboarding ended, whatever ended it. */
import { WorkflowFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import type { Outcome } from '../workflows/contract/index.ts';
import type { Run } from './describe-run.ts';
import { OnboardingNotFoundError } from './errors/index.ts';
import { handleOf } from './onboarding-run.ts';
import { callTemporal } from './temporal-call.ts';
import { unreadIn, type Unread } from './unreadable.ts';

/** Ended by something else than a decision: a bug, or somebody terminated the run. */
export interface Failed {
  readonly kind: 'failed';
  readonly how: 'failed' | 'terminated' | 'timed-out';
}

/** It has ended, and how it did cannot be read here; of that the status tells what is known. */
export interface Unreadable extends Unread {
  readonly kind: 'unreadable';
}

export type Ending = Outcome | Failed | Unreadable;

/** Waits, however long it takes, until the onboarding has ended. @throws OnboardingNotFoundError */
export async function endingOf(
  temporal: Client,
  reference: string,
  runId?: string,
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

/** Of a run that has ended. @throws OnboardingNotFoundError, TemporalUnavailableError */
export async function endingOfRun(
  temporal: Client,
  reference: string,
  { runId, status }: Pick<Run, 'runId' | 'status'>,
): Promise<Ending> {
  const ending = await callTemporal(temporal, () => endingOf(temporal, reference, runId));
  // What it failed with is encrypted too, and that it failed is not.
  const hasFailed = status.name !== 'COMPLETED' && ending.kind === 'unreadable';
  return hasFailed ? { kind: 'failed', how: 'failed' } : ending;
}
