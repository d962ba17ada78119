/**
 * Temporal as it is, with nothing decoded: who is to be forgotten must not depend on a key that may be
 * lost, or on anything that can be read at all.
 */
import { Context } from '@temporalio/activity';
import { isGrpcServiceError } from '@temporalio/client';
// By its default: Node itself finds no named exports there (jest does).
import proto from '@temporalio/proto';

const { WORKFLOW_EXECUTION_STATUS_RUNNING, WORKFLOW_EXECUTION_STATUS_PAUSED } =
  proto.temporal.api.enums.v1.WorkflowExecutionStatus;

/** gRPC's status codes, as far as they decide something here. */
export const GRPC = { invalidArgument: 3, notFound: 5 } as const;

type WorkflowService = Context['client']['workflowService'];

/** Temporal as this activity reaches it. */
export function here(): { readonly service: WorkflowService; readonly namespace: string } {
  const { workflowService, options } = Context.current().client;
  return { service: workflowService, namespace: options.namespace };
}

/** Undefined where Temporal does not have it, or no longer. */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (grpcCodeOf(error) === GRPC.notFound) return undefined;
    throw error;
  }
}

/** The SDK wraps gRPC's errors in errors of its own. */
export function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error ? grpcCodeOf(error.cause) : undefined;
}

/** A run, as far as its end is concerned. */
export interface DescribedRun {
  readonly runId: string;
  readonly isOpen: boolean;
  /** Tries of the task that it is at; above 1 where a worker failed at it. */
  readonly tries: number;
  /** Names of the activities that it waits for. */
  readonly calls: readonly string[];
}

/** The newest run of an id; undefined where there is none. */
export async function newestOf(workflowId: string): Promise<DescribedRun | undefined> {
  const { service, namespace } = here();
  const described = await unlessGone(
    service.describeWorkflowExecution({ namespace, execution: { workflowId } }),
  );
  const { execution, status } = described?.workflowExecutionInfo ?? {};
  if (described === undefined || !execution?.runId) return undefined;
  return {
    runId: execution.runId,
    isOpen:
      status === WORKFLOW_EXECUTION_STATUS_RUNNING || status === WORKFLOW_EXECUTION_STATUS_PAUSED,
    tries: described.pendingWorkflowTask?.attempt ?? 0,
    calls: described.pendingActivities.flatMap(({ activityType }) => activityType?.name ?? []),
  };
}
