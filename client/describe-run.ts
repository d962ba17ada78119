/** A run as Temporal describes it, whatever its memo holds: the SDK's own description fails with its memo. */
import {
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { executionInfoFromRaw } from '@temporalio/client/lib/helpers.js';
import { readMemo, type Memo } from './memo.ts';
import { callTemporal, GRPC, grpcCodeOf } from './temporal-call.ts';
import { unreadIn } from './unreadable.ts';

export type Run = Omit<WorkflowExecutionDescription, 'memo' | 'staticSummary' | 'staticDetails'> & {
  readonly memo: Memo;
};

/** The newest run of this id; undefined where Temporal knows none. @throws TemporalUnavailableError */
export async function describeRun(
  temporal: Client,
  workflowId: string,
  withinMs?: number,
): Promise<Run | undefined> {
  const handle = temporal.workflow.getHandle(workflowId);
  try {
    const run = await callTemporal(temporal, () => handle.describe(), withinMs);
    return { ...run, memo: { values: run.memo ?? {}, missingKeys: new Set() } };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    if (unreadIn(error) === undefined) throw error;
    return describeApart(temporal, workflowId, withinMs);
  }
}

/** Each field of its memo by itself. */
async function describeApart(
  temporal: Client,
  workflowId: string,
  withinMs?: number,
): Promise<Run | undefined> {
  const { namespace, loadedDataConverter } = temporal.workflow.options;
  const ask = () =>
    temporal.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });
  try {
    const raw = await callTemporal(temporal, ask, withinMs);
    const told = raw.workflowExecutionInfo ?? {};
    const memo = await readMemo(temporal, workflowId, told.memo?.fields);
    const without = { ...told, memo: null };
    return { ...(await executionInfoFromRaw(without, loadedDataConverter, raw, namespace)), memo };
  } catch (error) {
    if (grpcCodeOf(error) === GRPC.notFound) return undefined;
    throw error;
  }
}
