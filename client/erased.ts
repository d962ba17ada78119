import type { Client } from '@temporalio/client';
import { ERASURE_TYPE, erasureIdOf, type RunId } from '../workflows/contract/index.ts';
import { inGroups, searchAll } from './search.ts';
import type { OnboardingSummary } from './view-types.ts';

/** References in one search: the query stays short. */
const AT_A_TIME = 32;

/**
 * The runs among these that an erasure left: they hold nothing, and appear as cancelled. One search per 32 cancelled ones.
 *
 * @throws TemporalUnavailableError
 */
export async function erasedAmong(
  temporal: Client,
  onboardings: readonly OnboardingSummary[],
): Promise<ReadonlySet<RunId>> {
  const cancelled = onboardings.filter(({ status }) => status === 'cancelled');
  const erased = new Set<RunId>();
  for await (const group of inGroups(cancelled, AT_A_TIME)) {
    const ids = group.map(({ reference }) => `'${erasureIdOf(reference)}'`);
    const query = `WorkflowType = '${ERASURE_TYPE}' AND ExecutionStatus = 'Completed' AND WorkflowId IN (${ids.join(', ')})`;
    const erasedAt = new Map<string, number>();
    for await (const { workflowId, closeTime } of searchAll(temporal, query)) {
      const at = closeTime?.getTime() ?? 0;
      erasedAt.set(workflowId, Math.max(at, erasedAt.get(workflowId) ?? 0));
    }
    for (const { reference, runId, startedAt } of group) {
      // Whatever is left from before the end of an erasure is the run that it kept.
      const at = erasedAt.get(erasureIdOf(reference));
      if (at !== undefined && Date.parse(startedAt) <= at) erased.add(runId);
    }
  }
  return erased;
}
