/** What Temporal still has of a sender, as somebody sees it who looks for it in every way. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { GRPC, grpcCodeOf } from '../../client/temporal-call.ts';
import { notificationsIdOf, workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';

/** Deleting comes after an end is done with, which the server notes every 30 s otherwise. */
export const DELETES_SOON = { 'history.transferProcessorUpdateAckInterval': '1s' } as const;

/** Ids of all runs that Temporal's search finds. */
export async function runsListed(temporal: Client, reference: string): Promise<readonly string[]> {
  const ids = [workflowIdOf(reference), notificationsIdOf(reference)];
  const query = `WorkflowId IN (${ids.map((id) => `'${id}'`).join(', ')})`;
  const found: string[] = [];
  for await (const { runId } of temporal.workflow.list({ query })) found.push(runId);
  return found.sort();
}

export function listsAll(temporal: Client, reference: string, count: number) {
  return eventually(
    `${count} runs listed`,
    () => runsListed(temporal, reference),
    ({ length }) => length === count,
  );
}

/** Of these runs, those that can still be described, or whose history can be read. */
export async function runsThatAreLeft(
  temporal: Client,
  reference: string,
  runIds: readonly string[],
): Promise<readonly string[]> {
  const left = [];
  for (const workflowId of [workflowIdOf(reference), notificationsIdOf(reference)]) {
    for (const runId of runIds) {
      const handle = temporal.workflow.getHandle(workflowId, runId);
      const asked = await Promise.allSettled([handle.describe(), handle.fetchHistory()]);
      const isGone = asked.every((one) => one.status === 'rejected' && isNotFound(one.reason));
      if (!isGone) left.push(`${workflowId} ${runId}`);
    }
  }
  return left;
}

function isNotFound(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || grpcCodeOf(error) === GRPC.notFound;
}
