import { expect, test } from '@jest/globals';
import { temporal as api } from '@temporalio/proto';
import { OnboardingClient } from '../../client/index.ts';
import { TASK_QUEUE, WORKFLOW_TYPE, workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference, anAddress } from './onboardings.ts';

/**
 * A run is deleted only after the server has recorded that its closing was processed, by default
 * every 30 s.
 */
const testEnv = useDevelopmentServer({ 'history.transferProcessorUpdateAckInterval': '1s' });
const NAMESPACE = 'default';
const POLL_MS = 30_000;

/** Continues the run as new in a worker's place, as a worker does once the history is long. */
async function continueAsNew(): Promise<void> {
  const { workflowService } = testEnv.temporal;
  const taskQueue = { name: TASK_QUEUE };
  const { taskToken } = await testEnv.temporal.withDeadline(Date.now() + POLL_MS, () =>
    workflowService.pollWorkflowTaskQueue({ namespace: NAMESPACE, taskQueue }),
  );
  await workflowService.respondWorkflowTaskCompleted({
    namespace: NAMESPACE,
    taskToken,
    commands: [
      {
        commandType: api.api.enums.v1.CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
        continueAsNewWorkflowExecutionCommandAttributes: {
          workflowType: { name: WORKFLOW_TYPE },
          taskQueue,
        },
      },
    ],
  });
}

test('the timeline ends at an earlier run that Temporal no longer keeps', async () => {
  const client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  const reference = aReference();
  const { runId } = await client.start({ reference, email: anAddress() });
  await client.check(reference);
  await continueAsNew();
  await client.refuse(reference, { by: 'zoe' });
  const messages = async (): Promise<readonly string[]> =>
    (await client.timeline(reference)).flatMap(({ what }) =>
      what.kind === 'message' ? [what.name] : [],
    );
  expect(await messages()).toEqual(['check', 'refused']);

  await testEnv.temporal.workflowService.deleteWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId: workflowIdOf(reference), runId },
  });
  await eventually('only of the run that is kept', messages, ({ length }) => length === 1);
  expect(await messages()).toEqual(['refused']);
});
