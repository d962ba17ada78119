/** One run of an onboarding, as Temporal describes it: open, ended, or failed. */
import type { Client } from '@temporalio/client';
import { WITHDRAWN_TYPE, workflowIdOf, type Outcome } from '../workflows/contract/index.ts';
import { describeRun, type Run } from './describe-run.ts';
import { OnboardingNotFoundError } from './errors/index.ts';

type Workflow = () => Promise<Outcome>;

export function handleOf(temporal: Client, reference: string, runId?: string) {
  return temporal.workflow.getHandle<Workflow>(workflowIdOf(reference), runId);
}

/** The newest run. @throws OnboardingNotFoundError, TemporalUnavailableError */
export async function describe(
  temporal: Client,
  reference: string,
  withinMs?: number,
): Promise<Run> {
  const run = await describeRun(temporal, workflowIdOf(reference), withinMs);
  if (run === undefined) throw new OnboardingNotFoundError(reference);
  return run;
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
  const run = await describeRun(temporal, workflowIdOf(reference));
  return run && { runId: run.runId, hasEnded: !isOpen(run) || isWithdrawn(run) };
}

/** Withdrawn before it began: its end is known before a worker has told it. */
export function isWithdrawn({ type }: Pick<Run, 'type'>): boolean {
  return type === WITHDRAWN_TYPE;
}

export function isOpen({ status }: Pick<Run, 'status'>): boolean {
  return status.name === 'RUNNING' || status.name === 'PAUSED';
}
