/** Workflows that never run: each keeps something in Temporal for as long as it is open, over restarts and without a worker. */
import { WorkflowNotFoundError, type Client, type ConnectionLike } from '@temporalio/client';
import { grpcCodeOf } from './grpc.ts';
import { isOpenInTemporal } from './run.ts';
import { callTemporal } from './temporal-call.ts';

const ANSWERS_WITHIN_MS = 5_000;

/** The options of such a workflow. Its task queue has no worker, and its first task would be due in ten years. */
export function neverRunning(workflowId: string) {
  return { workflowId, taskQueue: workflowId, args: [], startDelay: '3650 days' } as const;
}

/**
 * Since when it is open, or undefined. Reads no memo, so that no key is needed.
 *
 * @throws gRPC's error, after 5 s at the latest
 */
export async function openSince(
  connection: ConnectionLike,
  namespace: string,
  workflowId: string,
): Promise<Date | undefined> {
  const describe = () => startOfOpen(connection, namespace, workflowId);
  return connection.withDeadline(Date.now() + ANSWERS_WITHIN_MS, describe);
}

/**
 * Ends it.
 *
 * @returns false if it was not open
 * @throws TemporalUnavailableError
 */
export async function endOpen(
  temporal: Client,
  workflowId: string,
  reason: string,
): Promise<boolean> {
  try {
    await callTemporal(temporal, () => temporal.workflow.getHandle(workflowId).terminate(reason));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

async function startOfOpen(
  { workflowService }: ConnectionLike,
  namespace: string,
  workflowId: string,
): Promise<Date | undefined> {
  try {
    const { workflowExecutionInfo: run } = await workflowService.describeWorkflowExecution({
      namespace,
      execution: { workflowId },
    });
    if (!run || !isOpenInTemporal(run)) return undefined;
    const { seconds, nanos } = run.startTime ?? {};
    return new Date(Number(seconds ?? 0) * 1_000 + Math.ceil((nanos ?? 0) / 1e6));
  } catch (error) {
    if (grpcCodeOf(error) === 'NOT_FOUND') return undefined;
    throw error;
  }
}
