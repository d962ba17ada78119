import { Context } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { ERASED, type SenderRun } from '../../workflows/contract/erasure.ts';
import {
  ATTRIBUTES,
  notificationsIdOf,
  TASK_QUEUE,
  WITHDRAWN_TYPE,
  workflowIdOf,
} from '../../workflows/contract/names.ts';
import { here, unlessGone } from './raw.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

/** Temporal deletes a run in the background, after it has processed the run's end, which takes up to 30 s. */
const GONE_WITHIN_MS = 90_000;
const CHECK_EVERY_MS = 500;

/**
 * Starts a run that takes the onboarding's place, before the last onboarding is deleted: a sign-up event that
 * arrives late then finds an ended onboarding at any time.
 *
 * @returns the id of that run; null if an onboarding is open again and has to be ended first
 * @throws an error of Temporal's client
 */
export async function keepPlace(reference: Reference, by: string): Promise<string | null> {
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

/**
 * Has Temporal delete these runs with history, memo and search attributes; an open run is terminated. Waits until
 * each run is gone, by describing it, since Temporal allows few searches a second. The erasure finds runs again that
 * take longer.
 *
 * @throws an error of Temporal's client
 */
export async function deleteRuns(reference: Reference, runs: readonly SenderRun[]): Promise<void> {
  const context = Context.current();
  const { service, namespace } = here();
  const until = performance.now() + GONE_WITHIN_MS;
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
      if (performance.now() > until) return;
      context.heartbeat();
      await context.sleep(CHECK_EVERY_MS);
    }
  }
}
