import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import {
  InvalidRequestError,
  OnboardingClient,
  OnboardingNotFoundError,
} from '../../client/index.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { interceptingClient } from './intercepting-client.ts';
import { aReference, all, anAddress, listed, reaches } from './onboardings.ts';

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

async function deleteAway(reference: string): Promise<void> {
  const { workflowService, options } = testEnv.temporal;
  await workflowService.deleteWorkflowExecution({
    namespace: options.namespace,
    workflowExecution: { workflowId: workflowIdOf(reference) },
  });
  await eventually(
    'deleted',
    () => client.view(reference).catch((error: unknown) => error),
    (found) => found instanceof OnboardingNotFoundError,
  );
}

test('an onboarding with a problem is listed, and all that have it are checked at once', async () => {
  const reference = aReference();
  testEnv.simulator.setFaults({ unknownSlug: { slug: 'never_heard_of' } });
  await client.start({ reference, email: anAddress() });
  await eventually(
    'the problem',
    () => client.view(reference),
    (view) => view.problem?.kind === 'unknown-slug',
  );
  await listed(() => client.list({ problem: 'unknown-slug' }), reference);
  testEnv.simulator.setFaults({ unknownSlug: null });
  expect(await all(client.checkAll('unknown-slug'))).toContain(reference);
  const repaired = await reaches(client, reference, 'awaiting-registration');
  expect(repaired.problem).toBeNull();
});

test('a run that is terminated by hand has failed, whatever its attributes say', async () => {
  const request = { reference: aReference(), email: anAddress() };
  await client.start(request);
  await reaches(client, request.reference, 'awaiting-registration');
  await testEnv.temporal.workflow.getHandle(workflowIdOf(request.reference)).terminate('by hand');
  expect(await client.view(request.reference)).toMatchObject({
    status: 'failed',
    partial: true,
    outcome: { kind: 'failed', how: 'terminated' },
    waitingFor: [],
  });
  await listed(() => client.list({ status: 'failed' }), request.reference);
  const waiting = await all(client.list({ status: 'awaiting-registration' }));
  expect(waiting.map(({ reference }) => reference)).not.toContain(request.reference);
});

test('after a restart, lists show the earlier run neither under its status nor under its address', async () => {
  const request = { reference: aReference(), email: anAddress() };
  const stays = { reference: aReference(), email: anAddress() };
  for (const one of [request, stays]) {
    await client.start(one);
    await client.cancel(one.reference, { reason: 'a mistake' });
    await client.result(one.reference);
    await listed(() => client.list({ status: 'cancelled' }), one.reference);
  }
  const moved = { ...request, email: anAddress() };
  const { runId } = await client.start(moved, { restart: true });
  await listed(() => client.list({ email: moved.email }), request.reference);

  const cancelled = (await all(client.list({ status: 'cancelled' }))).map((one) => one.reference);
  expect(cancelled).toContain(stays.reference);
  expect(cancelled).not.toContain(request.reference);
  expect(await all(client.list({ email: request.email }))).toEqual([]);
  const everybody = await all(client.list());
  const runs = everybody.filter(({ reference }) => reference === request.reference);
  expect(runs).toMatchObject([{ runId }]);
});

test('checking all with a problem skips an onboarding that is deleted meanwhile', async () => {
  const [gone, stays] = [aReference(), aReference()];
  testEnv.simulator.setFaults({ unknownSlug: { slug: 'never_heard_of' } });
  for (const reference of [gone, stays]) {
    await client.start({ reference, email: anAddress() });
    await listed(() => client.list({ problem: 'unknown-slug' }), reference);
  }
  testEnv.simulator.setFaults({ unknownSlug: null });
  const intercepting = interceptingClient(testEnv, {
    beforeSignal: { workflowId: workflowIdOf(gone), run: () => deleteAway(gone) },
  });
  const checked = await all(intercepting.checkAll('unknown-slug'));
  expect(checked).toContain(stays);
  expect(checked).not.toContain(gone);
});

test('a list finds an address only with the hash key, and also with a former one', async () => {
  const reference = aReference();
  const email = anAddress();
  await client.start({ reference, email });
  await listed(() => client.list({ email: email.toUpperCase() }), reference);
  const rotated = new OnboardingClient({
    temporal: testEnv.temporal,
    hashKey: { version: '2', key: randomBytes(32) },
    formerHashKeys: [HASH_KEY],
  });
  expect(await all(rotated.list({ email }))).toHaveLength(1);
  expect((await rotated.start({ reference, email })).kind).toBe('open');
  const stranger = new OnboardingClient({
    temporal: testEnv.temporal,
    hashKey: { version: '1', key: randomBytes(32) },
  });
  expect(await all(stranger.list({ email }))).toEqual([]);
});

test('a reference that was never started is not found', async () => {
  const reference = aReference();
  await expect(client.view(reference)).rejects.toThrow(OnboardingNotFoundError);
  await expect(client.check(reference)).rejects.toThrow(OnboardingNotFoundError);
  await expect(client.remind(reference)).rejects.toThrow(OnboardingNotFoundError);
  await expect(client.result(reference)).rejects.toThrow(OnboardingNotFoundError);
});

test.each([
  ["ready' OR WorkflowType != '", 'status'],
  ['', 'status'],
])('a list filter of %j is refused', async (value, path) => {
  const filter: object = { [path]: value };
  await expect(all(client.list(filter))).rejects.toThrow(InvalidRequestError);
});
