/** The view of one onboarding: by its workflow, or, where no worker answers, by what Temporal knows. */
import { QueryNotRegisteredError, ServiceError, type Client } from '@temporalio/client';
import { viewQuery } from '../workflows/contract/index.ts';
import type { Run } from './describe-run.ts';
import { endingOfRun, type Ending } from './ending.ts';
import { TemporalUnavailableError } from './errors/index.ts';
import { describe, handleOf, isOpen } from './onboarding-run.ts';
import { pendingCalls } from './pending-call.ts';
import { stuckBecause } from './stuck.ts';
import { summaryOf } from './summary.ts';
import { callTemporal } from './temporal-call.ts';
import type { KnownView, SenderView } from './view-types.ts';

/** A worker that runs answers in far less. */
const WORKER_ANSWERS_WITHIN_MS = 4_000;

/** @throws OnboardingNotFoundError or TemporalUnavailableError */
export async function readView(temporal: Client, reference: string): Promise<SenderView> {
  return viewOfRun(temporal, reference, await describe(temporal, reference));
}

/** The same, of a run that was described a moment ago. */
export async function viewOfRun(
  temporal: Client,
  reference: string,
  run: Run,
): Promise<SenderView> {
  const ending = isOpen(run) ? null : await endingOfRun(temporal, reference, run);
  const view = (await askWorkflow(temporal, reference, run, ending)) ?? {
    ...summaryOf(run),
    partial: true,
    outcome: ending,
  };
  const because = stuckBecause(run, view, Date.now());
  return { ...view, stuck: because.length > 0, stuckBecause: because, calls: pendingCalls(run) };
}

/** Undefined where the workflow cannot tell: no worker, one that fails, or the run's end tells no more. */
async function askWorkflow(
  temporal: Client,
  reference: string,
  { runId }: Run,
  ending: Ending | null,
): Promise<KnownView | undefined> {
  if (ending?.kind === 'failed' || ending?.kind === 'unreadable') return undefined;
  try {
    const view = await callTemporal(
      temporal,
      () => handleOf(temporal, reference, runId).query(viewQuery),
      WORKER_ANSWERS_WITHIN_MS,
    );
    return { ...view, runId, outcome: ending ?? view.outcome, partial: false };
  } catch (error) {
    // Temporal has just described the run, so what is missing is a worker.
    const isWorkersFault =
      error instanceof TemporalUnavailableError ||
      error instanceof ServiceError ||
      error instanceof QueryNotRegisteredError;
    if (!isWorkersFault) throw error;
    return undefined;
  }
}
