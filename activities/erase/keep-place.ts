import { Context } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { ERASED } from '../../workflows/contract/erasure.ts';
import {
  ATTRIBUTES,
  TASK_QUEUE,
  WITHDRAWN_TYPE,
  workflowIdOf,
} from '../../workflows/contract/names.ts';

/**
 * Takes the onboarding's place before its last run is deleted: a sign-up event that comes late then finds
 * it ended, at every moment.
 *
 * @returns the run that keeps it; null where one is open again, which has to be ended first
 * @throws what Temporal's client throws
 */
export async function keepPlace(reference: string, by: string): Promise<string | null> {
  try {
    const handle = await Context.current().client.workflow.start(WITHDRAWN_TYPE, {
      workflowId: workflowIdOf(reference),
      taskQueue: TASK_QUEUE,
      args: [{ by, reason: ERASED }],
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      typedSearchAttributes: new TypedSearchAttributes([
        { key: ATTRIBUTES.status, value: 'cancelled' },
        { key: ATTRIBUTES.since, value: new Date() },
      ]),
      staticSummary: `sender ${reference}, erased`,
    });
    return handle.firstExecutionRunId;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return null;
    throw error;
  }
}
