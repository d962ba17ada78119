/**
 * The policy of an onboarding is that of the worker, whether it was started by the client, in bulk
 * or over HTTP.
 */
import { beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient } from '../../client/index.ts';
import { ATTRIBUTES, workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { startGatewayUnderTest } from '../gateway/gateway.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { all, anAddress, aReference, reaches } from './onboardings.ts';

const DAY_MS = 86_400_000;
const testEnv = useDevelopmentServer();
let client: OnboardingClient;

beforeAll(() => {
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
});

/** Days from the start to the deadline. */
async function daysOf(reference: string): Promise<number> {
  const view = await reaches(client, reference, 'awaiting-registration');
  return Math.round((Date.parse(view.deadline ?? '') - Date.parse(view.since)) / DAY_MS);
}

async function policyOf(reference: string): Promise<string | undefined> {
  const run = await testEnv.temporal.workflow.getHandle(workflowIdOf(reference)).describe();
  return run.typedSearchAttributes.get(ATTRIBUTES.policy);
}

test('without a worker the current policy is not known', async () => {
  await expect(client.workerPolicy()).rejects.toMatchObject({ name: 'NoWorkerError' });
});

test('an onboarding that has begun nothing is not counted under another policy, but a changed one is applied to it', async () => {
  const reference = aReference();
  const { runId } = await client.start({ reference, email: anAddress() });
  const fingerprint = '0123456789abcdef';
  const applied = await eventually(
    'the onboarding in the search',
    () => all(client.applyPolicy(fingerprint)),
    ({ length }) => length > 0,
  );
  expect(applied).toEqual([reference]);
  expect(await client.countUnderOtherPolicy(fingerprint)).toBe(0);
  await testEnv.temporal.workflow.getHandle(workflowIdOf(reference), runId).terminate();
});

test('every new onboarding follows the policy of the worker, and open ones follow a changed one after applyPolicy', async () => {
  const stopFirst = await testEnv.startWorker({ policy: { deadlineDays: 12 } });
  const [direct, bulk, overHttp] = [aReference(), aReference(), aReference()];
  const email = anAddress();
  await client.start({ reference: direct, email });
  await client.start({ reference: bulk, email: anAddress() }, { bulk: true });
  const gateway = await startGatewayUnderTest(testEnv.temporal);
  await gateway.call('PUT', `/onboardings/${overHttp}`, { body: { email: anAddress() } });
  for (const reference of [direct, bulk, overHttp]) expect(await daysOf(reference)).toBe(12);
  const first = await client.workerPolicy();
  expect(first.policy).toMatchObject({ deadlineDays: 12, notify: false });
  expect(await policyOf(direct)).toBe(first.fingerprint);
  await stopFirst();

  // The settings have changed, and the worker was started again.
  await testEnv.startWorker({ policy: { deadlineDays: 20, notify: true } });
  const second = await client.workerPolicy();
  expect(second.fingerprint).not.toBe(first.fingerprint);
  expect(await client.countUnderOtherPolicy(second.fingerprint)).toBe(3);
  expect(await daysOf(direct)).toBe(12);
  const applied = await all(client.applyPolicy(second.fingerprint));
  expect([...applied].sort()).toEqual([direct, bulk, overHttp].sort());
  const none = await eventually(
    'the policy of all',
    () => client.countUnderOtherPolicy(second.fingerprint),
    (count) => count === 0,
  );
  expect(none).toBe(0);
  expect(await daysOf(direct)).toBe(20);
  // Notifications are on now, so the current state is notified at once.
  const handedOver = await eventually(
    'notified',
    () => testEnv.temporal.workflow.getHandle(`sender-notifications/${direct}`).describe(),
    (run) => run.status.name === 'RUNNING',
  );
  expect(handedOver.type).toBe('senderNotifications');
});
