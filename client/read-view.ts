/** The view of one onboarding: from its workflow, or from Temporal alone if no worker answers. */
import { QueryNotRegisteredError, ServiceError, type Client } from '@temporalio/client';
import { LRUCache } from 'lru-cache';
import { viewQuery, type Reference, type RunId } from '../workflows/contract/index.ts';
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

/** The views that were last read, by run. */
export type KnownViews = LRUCache<RunId, { readonly mark: string; readonly view: KnownView }>;

const VIEWS_KEPT = 1_000;

export function createKnownViews(): KnownViews {
  return new LRUCache({ max: VIEWS_KEPT });
}

/**
 * @param known if given, the workflow is queried only if its history has grown since the last view
 * @throws OnboardingNotFoundError or TemporalUnavailableError
 */
export async function readView(
  temporal: Client,
  reference: Reference,
  known?: KnownViews,
): Promise<SenderView> {
  return viewOfRun(temporal, reference, await describe(temporal, reference), known);
}

/** The same for a run that was just described. */
export async function viewOfRun(
  temporal: Client,
  reference: Reference,
  run: OnboardingRun,
  views?: KnownViews,
): Promise<SenderView> {
  const calls = await pendingCalls(temporal, run);
  const { known, keys } = await readKnown(temporal, reference, run, views);
  const view = withLastPoll(known, calls);
  const missingKeys = view.partial ? keys : [];
  const because = withMissingKeys(stuckBecause(run, view, calls, Date.now()), missingKeys);
  return { ...view, stuck: because.length > 0, stuckBecause: because, missingKeys, calls };
}

/**
 * Each query is billed, and costs a worker a task. The state of a workflow changes only with its history, which
 * Temporal describes without a worker. A partial view is read again: a worker may be back.
 */
async function readKnown(
  temporal: Client,
  reference: Reference,
  run: OnboardingRun,
  views: KnownViews | undefined,
): Promise<{ readonly known: KnownView; readonly keys: readonly string[] }> {
  const mark = markOf(run);
  const last = views?.get(run.runId);
  if (last?.mark === mark) return { known: last.view, keys: [] };
  const ending = isOpen(run) ? null : await endingOfRun(temporal, reference, run);
  // In parallel: an unanswered query uses up the time.
  const [answer, keys] = await Promise.all([
    queryWorkflow(temporal, reference, run, ending),
    missingKeysOf(temporal, run),
  ]);
  if (answer !== undefined) views?.set(run.runId, { mark, view: answer });
  return { known: answer ?? { ...summaryOf(run), partial: true, outcome: ending }, keys };
}

/** Changes whenever the answer of a query may change. */
function markOf({ historyLength, status, raw }: OnboardingRun): string {
  return [historyLength, status.name, raw.pendingWorkflowTask?.attempt ?? 0].join();
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
