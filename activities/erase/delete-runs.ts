import { Context } from '@temporalio/activity';
import { notificationsIdOf, workflowIdOf } from '../../workflows/contract/names.ts';
import type { SenderRun } from '../../workflows/contract/erasure.ts';
import { here, unlessGone } from './raw.ts';

/** Temporal deletes in the background, and first when it has done with a run's end: every 30 s. */
const GONE_WITHIN_MS = 90_000;
const BETWEEN_LOOKS_MS = 500;

/**
 * Has Temporal delete these runs: history, memo, search attributes. One that is open is terminated. Waits
 * until they are gone, run by run, since Temporal bears few searches a second; what takes longer is found
 * again.
 *
 * @throws what Temporal's client throws
 */
export async function deleteRuns(reference: string, runs: readonly SenderRun[]): Promise<void> {
  const context = Context.current();
  const { service, namespace } = here();
  const until = Date.now() + GONE_WITHIN_MS;
  const executions = runs.map(({ of, runId }) => ({
    workflowId: of === 'notifications' ? notificationsIdOf(reference) : workflowIdOf(reference),
    runId,
  }));
  for (const workflowExecution of executions) {
    await unlessGone(service.deleteWorkflowExecution({ namespace, workflowExecution }));
    context.heartbeat();
  }
  for (const execution of executions) {
    while (await unlessGone(service.describeWorkflowExecution({ namespace, execution }))) {
      if (Date.now() > until) return;
      context.heartbeat();
      await context.sleep(BETWEEN_LOOKS_MS);
    }
  }
}
