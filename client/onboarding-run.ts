/** One run of an onboarding, as Temporal describes it: open, ended, or failed. */
import {
  WorkflowFailedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import { WITHDRAWN_TYPE, workflowIdOf, type Outcome } from '../workflows/contract/index.ts';
import { OnboardingNotFoundError } from './errors/index.ts';
import { callTemporal } from './temporal-call.ts';

/** Ended by something else than a decision: a bug, or somebody terminated the run. */
export interface Failed {
  readonly kind: 'failed';
  readonly how: 'failed' | 'terminated' | 'timed-out';
}

/** How an onboarding ended, whatever ended it. */
export type Ending = Outcome | Failed;

type Workflow = () => Promise<Outcome>;

export function handleOf(temporal: Client, reference: string, runId?: string) {
  return temporal.workflow.getHandle<Workflow>(workflowIdOf(reference), runId);
}

/** The newest run. @throws OnboardingNotFoundError */
export async function describe(
  temporal: Client,
  reference: string,
  withinMs?: number,
): Promise<WorkflowExecutionDescription> {
  try {
    return await callTemporal(temporal, () => handleOf(temporal, reference).describe(), withinMs);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new OnboardingNotFoundError(reference);
    throw error;
  }
}

/** What a start would meet. */
export interface NewestRun {
  readonly runId: string;
  readonly hasEnded: boolean;
}

/** Undefined where Temporal knows none. */
export async function newestRun(
  temporal: Client,
  reference: string,
): Promise<NewestRun | undefined> {
  try {
    const run = await describe(temporal, reference);
    return { runId: run.runId, hasEnded: !isOpen(run) || isWithdrawn(run) };
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return undefined;
    throw error;
  }
}

/** Withdrawn before it began: its end is known before a worker has told it. */
export function isWithdrawn({ type }: Pick<WorkflowExecutionDescription, 'type'>): boolean {
  return type === WITHDRAWN_TYPE;
}

export function isOpen({ status }: Pick<WorkflowExecutionDescription, 'status'>): boolean {
  return status.name === 'RUNNING' || status.name === 'PAUSED';
}

/**
 * Waits, however long it takes, until the onboarding has ended.
 * @param runId the newest run where absent
 */
export async function endingOf(
  temporal: Client,
  reference: string,
  runId?: string,
): Promise<Ending> {
  try {
    return await handleOf(temporal, reference, runId).result();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new OnboardingNotFoundError(reference);
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { cause } = error;
    if (cause instanceof TerminatedFailure) return { kind: 'failed', how: 'terminated' };
    if (cause instanceof TimeoutFailure) return { kind: 'failed', how: 'timed-out' };
    return { kind: 'failed', how: 'failed' };
  }
}
