import {
  NOTIFICATIONS_WORKFLOW_TYPE,
  notificationsIdOf,
  WITHDRAWN_TYPE,
  workflowIdOf,
} from '../../workflows/contract/names.ts';
import type { SenderRun, SenderRuns } from '../../workflows/contract/erasure.ts';
import { here, newestOf, unlessGone } from './raw.ts';

const PAGE_SIZE = 1_000;

/**
 * All that Temporal has of a sender, open and ended, by its search; and, as that lags, by asking for the
 * newest runs and following them back.
 *
 * @throws what Temporal's client throws
 */
export async function findRuns(reference: string): Promise<SenderRuns> {
  const ids = [workflowIdOf(reference), notificationsIdOf(reference)] as const;
  const found = new Map<string, SenderRun>();
  for await (const run of searched(ids)) found.set(run.runId, run);
  for (const id of ids) for await (const run of followedBack(id)) found.set(run.runId, run);
  const newest = await newestOf(ids[0]);
  return { newest: newest?.runId ?? null, runs: [...found.values()] };
}

/** References hold nothing that could end a text in the query. */
async function* searched(ids: readonly string[]): AsyncIterableIterator<SenderRun> {
  const { service, namespace } = here();
  const query = `WorkflowId IN (${ids.map((id) => `'${id}'`).join(', ')})`;
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await service.listWorkflowExecutions({
      namespace,
      query,
      pageSize: PAGE_SIZE,
      nextPageToken,
    });
    for (const { execution, type } of page.executions) {
      if (execution?.runId) yield { of: whatIs(type?.name), runId: execution.runId };
    }
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
}

/** The newest run of an id, and those that it goes on from. */
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
    yield { of: whatIs(started?.workflowType?.name), runId };
    runId = started?.continuedExecutionRunId ?? '';
  }
}

function whatIs(type: string | null | undefined): SenderRun['of'] {
  if (type === NOTIFICATIONS_WORKFLOW_TYPE) return 'notifications';
  return type === WITHDRAWN_TYPE ? 'withdrawal' : 'onboarding';
}
