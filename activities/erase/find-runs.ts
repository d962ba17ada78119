import {
  NOTIFICATIONS_WORKFLOW_TYPE,
  notificationsIdOf,
  WITHDRAWN_TYPE,
  workflowIdOf,
} from '../../workflows/contract/names.ts';
import type { SenderRun, SenderRuns } from '../../workflows/contract/erasure.ts';
import { here, newestOf, searched, unlessGone } from './raw.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

/**
 * Finds all runs of a sender in Temporal, open and ended. Temporal's search lags, so the newest runs are also
 * described and followed back to the runs before them.
 *
 * @throws an error of Temporal's client
 */
export async function findRuns(reference: Reference): Promise<SenderRuns> {
  const ids = [workflowIdOf(reference), notificationsIdOf(reference)] as const;
  const found = new Map<string, SenderRun>();
  for await (const run of searchedRuns(ids)) found.set(run.runId, run);
  for (const id of ids) for await (const run of followedBack(id)) found.set(run.runId, run);
  const newest = await newestOf(ids[0]);
  return { newest: newest?.runId ?? null, runs: [...found.values()] };
}

/** A reference holds no character that ends a text in a query. */
async function* searchedRuns(ids: readonly string[]): AsyncIterableIterator<SenderRun> {
  const query = `WorkflowId IN (${ids.map((id) => `'${id}'`).join(', ')})`;
  for await (const { execution, type } of searched(query)) {
    if (execution?.runId) yield { of: kindOf(type?.name), runId: execution.runId };
  }
}

/** The newest run of an id, and the runs that it continued from. */
async function* followedBack(workflowId: string): AsyncIterableIterator<SenderRun> {
  const { service, namespace } = here();
  let runId = (await newestOf(workflowId))?.runId ?? '';
  while (runId !== '') {
    const execution = { workflowId, runId };
    const page = await unlessGone(
      service.getWorkflowExecutionHistory({ namespace, execution, maximumPageSize: 1 }),
    );
    if (page === undefined) return;
    const started = page.history?.events?.[0]?.workflowExecutionStartedEventAttributes;
    yield { of: kindOf(started?.workflowType?.name), runId };
    runId = started?.continuedExecutionRunId ?? '';
  }
}

function kindOf(type: string | null | undefined): SenderRun['of'] {
  if (type === NOTIFICATIONS_WORKFLOW_TYPE) return 'notifications';
  return type === WITHDRAWN_TYPE ? 'withdrawal' : 'onboarding';
}
