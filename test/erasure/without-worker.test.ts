/**
 * An erasure is requested while no worker runs or Temporal is unavailable, and is completed all the
 * same.
 */
import { expect, test } from '@jest/globals';
import { OnboardingClient, UpdateRefusedError } from '../../client/index.ts';
import {
  ERASURE_TYPE,
  erasureIdOf,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
} from '../../workflows/contract/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { interceptingClient } from '../client/intercepting-client.ts';
import { anAddress, aReference, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { DELETES_SOON, runsListed, runsThatAreLeft } from './runs.ts';

const MOST_SIGNALS = 5;
const testEnv = useDevelopmentServer({
  ...DELETES_SOON,
  'history.maximumSignalsPerExecution': MOST_SIGNALS,
});

test('an erasure is accepted without a worker, blocks new starts meanwhile, and is done once a worker runs', async () => {
  const client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  const [started, unknownSender, full] = [aReference(), aReference(), aReference()];
  const { runId } = await client.start({ reference: started, email: anAddress() });
  await client.start({ reference: full, email: anAddress() });
  // This onboarding accepts no more signals, not even the withdrawal.
  for (let sent = 0; sent < MOST_SIGNALS; sent++) await client.check(full);
  for (const reference of [started, unknownSender, full]) {
    expect(await client.erase(reference)).toMatchObject({ kind: 'waiting' });
  }
  const first = await testEnv.temporal.workflow.getHandle(erasureIdOf(started)).describe();
  expect(await client.erase(started, { by: 'another' })).toMatchObject({ kind: 'waiting' });
  const second = await testEnv.temporal.workflow.getHandle(erasureIdOf(started)).describe();
  expect(second.runId).toBe(first.runId);

  // Repeated requests fill the erasure's own signal queue.
  for (let times = 0; times < MOST_SIGNALS; times++) await client.erase(started);

  // The starting event arrives late, and a restart has to wait for the end of the erasure.
  const late = { reference: unknownSender, email: anAddress() };
  expect(await client.start(late)).toMatchObject({ kind: 'ended' });
  await expect(client.start(late, { restart: true })).rejects.toThrow(UpdateRefusedError);

  // A restart at the very moment of the erasure is refused too.
  const racing = aReference();
  const intercepting = interceptingClient(testEnv, {
    beforeStart: () =>
      testEnv.temporal.workflow.start(ERASURE_TYPE, {
        workflowId: erasureIdOf(racing),
        taskQueue: TASK_QUEUE,
        args: [{ reference: racing, by: 'a test', requestedAt: new Date().toISOString() }],
      }),
  });
  const returning = { reference: racing, email: anAddress() };
  await expect(intercepting.start(returning, { restart: true })).rejects.toThrow(
    UpdateRefusedError,
  );

  const stop = await testEnv.startWorker();
  // A run that starts in spite of all this, by a request just before the erasure.
  await reaches(client, unknownSender, 'cancelled');
  await testEnv.temporal.workflow.start(WORKFLOW_TYPE, {
    workflowId: workflowIdOf(unknownSender),
    taskQueue: TASK_QUEUE,
    args: [null],
  });
  for (const reference of [started, unknownSender, full, racing]) {
    const erasure = await eventually(
      'erased',
      () => client.erasure(reference),
      (one) => one?.kind === 'erased',
    );
    const kept = erasure?.kind === 'erased' ? [erasure.receipt.keptRun] : [];
    expect(await runsListed(testEnv.temporal, reference)).toEqual(kept);
    await reaches(client, reference, 'cancelled');
    expect(await client.start({ reference, email: anAddress() })).toMatchObject({ kind: 'ended' });
  }
  expect(await runsThatAreLeft(testEnv.temporal, started, [runId])).toEqual([]);
  expect(await client.erasure(started)).toMatchObject({
    receipt: { by: 'client', alsoRequestedBy: [{ by: 'another' }] },
  });
  await recordHistory(
    'erased-begun-again',
    testEnv.temporal.workflow.getHandle(erasureIdOf(unknownSender)),
  );
  expect(await client.start(late, { restart: true })).toMatchObject({ kind: 'started' });
  await reaches(client, unknownSender, 'awaiting-registration');
  await stop();
});
