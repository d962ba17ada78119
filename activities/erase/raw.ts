/**
 * Calls to Temporal that decode no payload: an erasure must also work if the key is lost or the data cannot be
 * decoded.
 */
import { Context } from '@temporalio/activity';
import { grpcCodeOf } from '../../client/grpc.ts';
import { isOpenInTemporal } from '../../client/run.ts';
import type { RunId } from '../../workflows/contract/ids.ts';

/** Temporal's maximum. */
const PAGE_SIZE = 1_000;

type WorkflowService = Context['client']['workflowService'];

/** The Temporal service and namespace of this activity. */
export function here(): { readonly service: WorkflowService; readonly namespace: string } {
  const { workflowService, options } = Context.current().client;
  return { service: workflowService, namespace: options.namespace };
}

/** The runs that Temporal's search finds, page by page. The search may lag by a second. */
export async function* searched(query: string) {
  const { service, namespace } = here();
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await service.listWorkflowExecutions({
      namespace,
      query,
      pageSize: PAGE_SIZE,
      nextPageToken,
    });
    yield* page.executions;
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
}

/** @returns undefined if Temporal does not have the run (any more) */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (grpcCodeOf(error) === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** The state of a run that decides how it is ended. */
export interface DescribedRun {
  readonly runId: RunId;
  readonly isOpen: boolean;
  /** Tries of the pending workflow task. Above 1 if a worker failed at it. */
  readonly tries: number;
  /** Names of the pending activities. */
  readonly calls: readonly string[];
}

/** The newest run of an id; undefined if there is none. */
export async function newestOf(workflowId: string): Promise<DescribedRun | undefined> {
  const { service, namespace } = here();
  const described = await unlessGone(
    service.describeWorkflowExecution({ namespace, execution: { workflowId } }),
  );
  const { execution, status } = described?.workflowExecutionInfo ?? {};
  if (described === undefined || !execution?.runId) return undefined;
  return {
    runId: execution.runId,
    isOpen: isOpenInTemporal({ status }),
    tries: described.pendingWorkflowTask?.attempt ?? 0,
    calls: described.pendingActivities.flatMap(({ activityType }) => activityType?.name ?? []),
  };
}
