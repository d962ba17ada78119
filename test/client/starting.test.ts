import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient } from '../../client/index.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference, anAddress, listed, reaches } from './onboardings.ts';

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
  world.simulator.updateAccount(request.email, { attached: true });

  await client.start(request, { restart: true });
  await expect(client.result(request.reference)).resolves.toMatchObject({
    kind: 'ready',
    accountId: id,
  });
});
