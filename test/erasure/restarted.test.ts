/** Temporal and the worker stop in the middle of an erasure, and it is completed all the same. */
import { expect, test } from '@jest/globals';
import { OnboardingClient } from '../../client/index.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { DELETES_SOON, runsListed, runsThatAreLeft } from './runs.ts';

const testEnv = useDevelopmentServer(DELETES_SOON, 'kept');

test('stopped after the onboarding was replaced and before all runs were deleted', async () => {
  const client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  const reference = aReference();
  const stop = await testEnv.startWorker();
  const { runId } = await client.start({ reference, email: anAddress() });
  await reaches(client, reference, 'awaiting-registration');
  await client.erase(reference);
  await eventually(
    'replaced by the erasure',
    () => testEnv.temporal.workflow.getHandle(workflowIdOf(reference)).describe(),
    (run) => run.runId !== runId,
  );
  await stop();
  expect(await client.erasure(reference)).toMatchObject({ kind: 'under-way' });
  await testEnv.restartServer();

  const stopAnother = await testEnv.startWorker();
  const done = await eventually(
    'erased',
    () => client.erasure(reference),
    (erasure) => erasure?.kind === 'erased',
  );
  const receipt = done?.kind === 'erased' ? done.receipt : undefined;
  expect(receipt).toMatchObject({ onboardingRuns: 1 });
  expect(await runsThatAreLeft(testEnv.temporal, reference, [runId])).toEqual([]);
  expect(await runsListed(testEnv.temporal, reference)).toEqual([receipt?.keptRun]);
  await stopAnother();
});
