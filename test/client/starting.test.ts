import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient, type StartResult } from '../../client/index.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { callsTo } from '../support/ledger.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { meddlingClient } from './meddling.ts';
import { aReference, anAddress, ATTACHED, listed, reaches } from './onboardings.ts';

const world = useDevelopmentServer();
let client: OnboardingClient;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  stopWorker = await world.startWorker();
  client = new OnboardingClient({ temporal: world.temporal, hashKey: HASH_KEY, actor: 'tester' });
});

afterAll(async () => {
  await stopWorker();
});

async function terminate(reference: string): Promise<void> {
  await world.temporal.workflow.getHandle(workflowIdOf(reference)).terminate('by hand');
}

test('the same start ten times at once is one onboarding', async () => {
  const request = { reference: aReference(), email: anAddress() };
  const results = await Promise.all(Array.from({ length: 10 }, () => client.start({ ...request })));
  expect(results.map(({ kind }) => kind).sort()).toEqual([
    ...Array<string>(9).fill('open'),
    'started',
  ]);
  expect(new Set(results.map(({ runId }) => runId)).size).toBe(1);
});

test('a start that asks for something else leaves the open one, and says so', async () => {
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  const second = await client.start({ reference, email: anAddress() });
  expect(second.kind).toBe('open-differs');
});

test('after the end a repeated start tells how it ended, and a restart begins anew', async () => {
  const request = { reference: aReference(), email: anAddress() };
  const first = await client.start(request);
  await client.cancel(request.reference, { reason: 'a mistake' });
  await client.result(request.reference);

  const repeated = await client.start(request);
  expect(repeated).toMatchObject({
    kind: 'ended',
    runId: first.runId,
    ending: { kind: 'cancelled', by: 'tester', reason: 'a mistake' },
  });
  const again = await client.start(request, { restart: true });
  expect(again.kind).toBe('started');
  expect(again.runId).not.toBe(first.runId);
  const [newest] = await listed(() => client.list({ email: request.email }), request.reference);
  expect(newest?.runId).toBe(again.runId);
});

test('a restart believes what the holder answers to the access asked for before', async () => {
  const request = { reference: aReference(), email: anAddress() };
  const { id } = world.simulator.createAccount({
    email: request.email,
    confirmed: '1',
    cgu: '1',
  });
  await client.start(request);
  await reaches(client, request.reference, 'awaiting-attachment');
  await client.cancel(request.reference, { reason: 'too slow' });
  await client.result(request.reference);
  world.simulator.updateAccount(request.email, { attached: true });

  await client.start(request, { restart: true });
  await expect(client.result(request.reference)).resolves.toMatchObject({
    kind: 'ready',
    accountId: id,
  });
});

test('an identity that was ordered once is not paid again by a restart, under any address', async () => {
  const reference = aReference();
  const addresses = [anAddress(), anAddress(), anAddress()];
  for (const email of addresses) {
    world.simulator.createAccount({ ...ATTACHED, email });
    const request = { reference, email, emailVerified: true, require: ['identity'] as const };
    await client.start(request, { restart: true });
    await reaches(client, reference, 'awaiting-identity');
    await eventually(
      'ordered, now or before',
      () => client.view(reference),
      (view) => !view.partial && view.asked.some(({ what }) => what === 'identity'),
    );
    if (email === addresses[1]) await terminate(reference);
    else await client.cancel(reference, { reason: 'too slow' });
    await client.result(reference);
  }
  expect(callsTo(world.simulator, 'POST /user/identity')).toBe(1);
});

test('a restart that meets one which then ends begins anew all the same', async () => {
  const request = { reference: aReference(), email: anAddress() };
  let open: StartResult | undefined;
  const meddled = meddlingClient(world, {
    beforeStart: async () => (open = await client.start(request)),
    // A cancelled call tells what it did before the run ends.
    afterRefusal: async () => {
      await client.cancel(request.reference, { reason: 'a mistake' });
      return client.result(request.reference);
    },
  });
  const restarted = await meddled.start(request, { restart: true });
  expect(open?.kind).toBe('started');
  expect(restarted.kind).toBe('started');
  expect(restarted.runId).not.toBe(open?.runId);
});

test('a restart leaves one that is open as it is', async () => {
  const request = { reference: aReference(), email: anAddress() };
  const { runId } = await client.start(request);
  expect(await client.start(request, { restart: true })).toMatchObject({ kind: 'open', runId });
  const other = { ...request, email: anAddress() };
  expect(await client.start(other, { restart: true })).toMatchObject({
    kind: 'open-differs',
    runId,
  });
});
