import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient, type StartResult } from '../../client/index.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { callsTo } from '../support/ledger.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { interceptingClient } from './intercepting-client.ts';
import { aReference, anAddress, ATTACHED, listed, reaches } from './onboardings.ts';

const testEnv = useDevelopmentServer();
let client: OnboardingClient;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  stopWorker = await testEnv.startWorker();
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY, actor: 'tester' });
});

afterAll(async () => {
  await stopWorker();
});

async function terminate(reference: string): Promise<void> {
  await testEnv.temporal.workflow.getHandle(workflowIdOf(reference)).terminate('by hand');
}

test('ten equal starts at once make one onboarding', async () => {
  const request = { reference: aReference(), email: anAddress() };
  const results = await Promise.all(Array.from({ length: 10 }, () => client.start({ ...request })));
  expect(results.map(({ kind }) => kind).sort()).toEqual([
    ...Array<string>(9).fill('open'),
    'started',
  ]);
  expect(new Set(results.map(({ runId }) => runId)).size).toBe(1);
});

test('a start with another request leaves the open onboarding unchanged, and reports the difference', async () => {
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  const second = await client.start({ reference, email: anAddress() });
  expect(second.kind).toBe('open-differs');
});

test('after the end a repeated start returns the outcome, and a restart starts a new onboarding', async () => {
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

test("a restart accepts the holder's answer to an earlier access request", async () => {
  const request = { reference: aReference(), email: anAddress() };
  const { id } = testEnv.simulator.createAccount({
    email: request.email,
    confirmed: '1',
    cgu: '1',
  });
  await client.start(request);
  await reaches(client, request.reference, 'awaiting-attachment');
  await client.cancel(request.reference, { reason: 'too slow' });
  await client.result(request.reference);
  testEnv.simulator.updateAccount(request.email, { attached: true });

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
    testEnv.simulator.createAccount({ ...ATTACHED, email });
    const request = { reference, email, emailVerified: true, require: ['identity'] as const };
    await client.start(request, { restart: true });
    await reaches(client, reference, 'awaiting-identity');
    await eventually(
      'ordered, now or before',
      () => client.view(reference),
      (view) => !view.partial && view.requests.some(({ kind }) => kind === 'identity'),
    );
    if (email === addresses[1]) await terminate(reference);
    else await client.cancel(reference, { reason: 'too slow' });
    await client.result(reference);
  }
  expect(callsTo(testEnv.simulator, 'POST /user/identity')).toBe(1);
});

test('a restart while an onboarding is open that then ends starts a new one', async () => {
  const request = { reference: aReference(), email: anAddress() };
  let open: StartResult | undefined;
  const intercepting = interceptingClient(testEnv, {
    beforeStart: async () => (open = await client.start(request)),
    // A cancelled call reports its outcome before the run ends.
    afterRefusal: async () => {
      await client.cancel(request.reference, { reason: 'a mistake' });
      return client.result(request.reference);
    },
  });
  const restarted = await intercepting.start(request, { restart: true });
  expect(open?.kind).toBe('started');
  expect(restarted.kind).toBe('started');
  expect(restarted.runId).not.toBe(open?.runId);
});

test('a restart leaves an open onboarding as it is', async () => {
  const request = { reference: aReference(), email: anAddress() };
  const { runId } = await client.start(request);
  expect(await client.start(request, { restart: true })).toMatchObject({ kind: 'open', runId });
  const other = { ...request, email: anAddress() };
  expect(await client.start(other, { restart: true })).toMatchObject({
    kind: 'open-differs',
    runId,
  });
});
