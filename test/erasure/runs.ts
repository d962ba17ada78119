/** All that Temporal still has of a sender. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { grpcCodeOf } from '../../client/grpc.ts';
import { notificationsIdOf, workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { payloadsIn, textIn } from '../support/payloads-in.ts';

/**
 * A run is deleted only after the server has recorded that its closing was processed, by default
 * every 30 s.
 */
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

/** The runs of this list that can still be described, or whose history can still be read. */
export async function runsThatAreLeft(
  temporal: Client,
  reference: string,
  runIds: readonly string[],
): Promise<readonly string[]> {
  const left = [];
  for (const workflowId of [workflowIdOf(reference), notificationsIdOf(reference)]) {
    for (const runId of runIds) {
      const handle = temporal.workflow.getHandle(workflowId, runId);
      const reads = await Promise.allSettled([handle.describe(), handle.fetchHistory()]);
      const isGone = reads.every((one) => one.status === 'rejected' && isNotFound(one.reason));
      if (!isGone) left.push(`${workflowId} ${runId}`);
    }
  }
  return left;
}

/** All values in the histories and search results of all runs on the server, decrypted. */
export async function everythingStored(temporal: Client): Promise<string> {
  const texts: string[] = [];
  for await (const { workflowId, runId, raw } of temporal.workflow.list()) {
    try {
      const history = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
      for (const payload of payloadsIn([raw, history])) texts.push(await textIn(payload));
    } catch (error) {
      // It was deleted meanwhile.
      if (!isNotFound(error)) throw error;
    }
  }
  return texts.join('\n');
}

function isNotFound(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || grpcCodeOf(error) === 'NOT_FOUND';
}
