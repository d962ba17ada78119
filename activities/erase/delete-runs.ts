import { Context } from '@temporalio/activity';
import { notificationsIdOf, workflowIdOf } from '../../workflows/contract/names.ts';
import type { SenderRun } from '../../workflows/contract/erasure.ts';
import { here, unlessGone } from './raw.ts';

/**
 * Has Temporal delete these runs: history, memo, search attributes. One that is open is terminated. It
 * does so in the background.
 *
 * @throws what Temporal's client throws
 */
export async function deleteRuns(reference: string, runs: readonly SenderRun[]): Promise<void> {
  const { service, namespace } = here();
  for (const { of, runId } of runs) {
    const workflowId =
      of === 'notifications' ? notificationsIdOf(reference) : workflowIdOf(reference);
    await unlessGone(
      service.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId, runId } }),
    );
    Context.current().heartbeat();
  }
}
