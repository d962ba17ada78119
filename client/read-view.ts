/** The view of one onboarding: from its workflow, or from Temporal alone if no worker answers. */
import { QueryNotRegisteredError, ServiceError, type Client } from '@temporalio/client';
import { viewQuery, type Reference } from '../workflows/contract/index.ts';
import { type OnboardingRun, describe, handleOf, isOpen } from './run.ts';
import { endingOfRun, type Ending } from './ending.ts';
import { TemporalUnavailableError } from './errors.ts';
import { pendingCalls, type PendingCall } from './pending-call.ts';
import { stuckBecause, type StuckReason } from './stuck.ts';
import { summaryOf } from './search.ts';
import { callTemporal } from './temporal-call.ts';
import type { KnownView, SenderView } from './view-types.ts';
import { missingKeysOf } from './worker-keys.ts';

/** A running worker answers much faster. */
const WORKER_ANSWERS_WITHIN_MS = 4_000;

/** @throws OnboardingNotFoundError or TemporalUnavailableError */
export async function readView(temporal: Client, reference: Reference): Promise<SenderView> {
  return viewOfRun(temporal, reference, await describe(temporal, reference));
}

/** The same for a run that was just described. */
export async function viewOfRun(
  temporal: Client,
  reference: Reference,
  run: OnboardingRun,
): Promise<SenderView> {
  const ending = isOpen(run) ? null : await endingOfRun(temporal, reference, run);
  const calls = await pendingCalls(temporal, run);
  // In parallel: an unanswered query uses up the time.
  const [answer, keys] = await Promise.all([
    queryWorkflow(temporal, reference, run, ending),
    missingKeysOf(temporal, run),
  ]);
  const known = answer ?? {
    ...summaryOf(run),
    partial: true,
    outcome: ending,
  };
  const view = withLastPoll(known, calls);
  const missingKeys = view.partial ? keys : [];
  const because = withMissingKeys(stuckBecause(run, view, calls, Date.now()), missingKeys);
  return { ...view, stuck: because.length > 0, stuckBecause: because, missingKeys, calls };
}

/** A workflow task that fails because of a missing key is not a fault of the code. */
function withMissingKeys(
  because: readonly StuckReason[],
  missingKeys: readonly string[],
): readonly StuckReason[] {
  if (missingKeys.length === 0) return because;
  const others = because.filter((why) => why !== 'failing-task' && why !== 'missing-key');
  return [...others, 'missing-key'];
}

/** A poll without a change leaves nothing in the workflow. Only Temporal knows the last one. */
function withLastPoll(view: KnownView, calls: readonly PendingCall[]): KnownView {
  if (view.partial || view.lastRead === null) return view;
  const polled = calls.flatMap(({ unchanged, lastAnswerAt }) =>
    unchanged && lastAnswerAt !== null ? [lastAnswerAt] : [],
  );
  const at = [view.lastRead.at, ...polled].toSorted().at(-1) ?? view.lastRead.at;
  return { ...view, lastRead: { ...view.lastRead, at } };
}

/** Undefined if there is no answer: no worker runs, the worker fails, or the run failed. */
async function queryWorkflow(
  temporal: Client,
  reference: Reference,
  { runId }: OnboardingRun,
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
    // Temporal has just described the run, so the worker is at fault.
    const isWorkersFault =
      error instanceof TemporalUnavailableError ||
      error instanceof ServiceError ||
      error instanceof QueryNotRegisteredError;
    if (!isWorkersFault) throw error;
    return undefined;
  }
}
