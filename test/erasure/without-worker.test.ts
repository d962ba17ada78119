/** An erasure is asked for while no worker runs, or Temporal goes away, and is done all the same. */
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
import { meddlingClient } from '../client/meddling.ts';
import { anAddress, aReference, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { DELETES_SOON, runsListed, runsThatAreLeft } from './runs.ts';

const MOST_SIGNALS = 5;
const world = useDevelopmentServer({
  ...DELETES_SOON,
  'history.maximumSignalsPerExecution': MOST_SIGNALS,
});

test('accepted with no worker up, kept from everything meanwhile, and done once one runs', async () => {
  const client = new OnboardingClient({ temporal: world.temporal, hashKey: HASH_KEY });
  const [begun, unheard, full] = [aReference(), aReference(), aReference()];
  const { runId } = await client.start({ reference: begun, email: anAddress() });
  await client.start({ reference: full, email: anAddress() });
  // It takes no more messages then, that it is withdrawn among them.
  for (let sent = 0; sent < MOST_SIGNALS; sent++) await client.check(full);
  for (const reference of [begun, unheard, full]) {
    expect(await client.erase(reference)).toMatchObject({ kind: 'waiting' });
  }
  const first = await world.temporal.workflow.getHandle(erasureIdOf(begun)).describe();
  expect(await client.erase(begun, { by: 'another' })).toMatchObject({ kind: 'waiting' });
  const second = await world.temporal.workflow.getHandle(erasureIdOf(begun)).describe();
  expect(second.runId).toBe(first.runId);

  // However often it is asked for, which fills it in turn.
  for (let asked = 0; asked < MOST_SIGNALS; asked++) await client.erase(begun);

  // Its starting event comes late, and somebody who comes back has to wait for the end of it.
  const late = { reference: unheard, email: anAddress() };
  expect(await client.start(late)).toMatchObject({ kind: 'ended' });
  await expect(client.start(late, { restart: true })).rejects.toThrow(UpdateRefusedError);

  // Or is refused, where it was accepted at the very moment of his start.
  const racing = aReference();
  const meddled = meddlingClient(world, {
    beforeStart: () =>
      world.temporal.workflow.start(ERASURE_TYPE, {
        workflowId: erasureIdOf(racing),
        taskQueue: TASK_QUEUE,
        args: [{ reference: racing, by: 'a test', requestedAt: new Date().toISOString() }],
      }),
  });
  const returning = { reference: racing, email: anAddress() };
  await expect(meddled.start(returning, { restart: true })).rejects.toThrow(UpdateRefusedError);

  const stop = await world.startWorker();
  // One that slips through, as whoever asked a moment too early would.
  await reaches(client, unheard, 'cancelled');
  await world.temporal.workflow.start(WORKFLOW_TYPE, {
    workflowId: workflowIdOf(unheard),
    taskQueue: TASK_QUEUE,
    args: [null],
  });
  for (const reference of [begun, unheard, full, racing]) {
    const erasure = await eventually(
      'erased',
      () => client.erasure(reference),
      (one) => one?.kind === 'erased',
    );
    const kept = erasure?.kind === 'erased' ? [erasure.receipt.keptRun] : [];
    expect(await runsListed(world.temporal, reference)).toEqual(kept);
    await reaches(client, reference, 'cancelled');
    expect(await client.start({ reference, email: anAddress() })).toMatchObject({ kind: 'ended' });
  }
  expect(await runsThatAreLeft(world.temporal, begun, [runId])).toEqual([]);
  expect(await client.erasure(begun)).toMatchObject({
    receipt: { by: 'client', alsoAsked: [{ by: 'another' }] },
  });
  await recordHistory(
    'erased-begun-again',
    world.temporal.workflow.getHandle(erasureIdOf(unheard)),
  );
  expect(await client.start(late, { restart: true })).toMatchObject({ kind: 'started' });
  await reaches(client, unheard, 'awaiting-registration');
  await stop();
});
