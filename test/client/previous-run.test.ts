/** What a restart knows of the earlier onboardings of its reference, however they ended. */
import { beforeAll, expect, test } from '@jest/globals';
import type { Ar24Activities } from '../../activities/index.ts';
import { OnboardingClient } from '../../client/index.ts';
import { REQUEST_ACTIVITIES } from '../../client/previous-run.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { callsTo } from '../support/ledger.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference, anAddress, ATTACHED, reaches } from './onboardings.ts';

const testEnv = useDevelopmentServer();
let client: OnboardingClient;

beforeAll(async () => {
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  await testEnv.startWorker();
});

async function terminate(reference: string): Promise<void> {
  await testEnv.temporal.workflow.getHandle(workflowIdOf(reference)).terminate('by a test');
}

/** An onboarding that lacks only the identity, which is ordered. */
async function startWithIdentity() {
  const [reference, email] = [aReference(), anAddress()];
  const before = callsTo(testEnv.simulator, 'POST /user/identity');
  testEnv.simulator.createAccount({ ...ATTACHED, email });
  const request = { reference, email, emailVerified: true, require: ['identity'] as const };
  await client.start(request);
  await eventually(
    `${reference} has its identity ordered`,
    () => client.view(reference),
    (view) => 'requests' in view && view.requests.some(({ kind }) => kind === 'identity'),
  );
  const orders = () => callsTo(testEnv.simulator, 'POST /user/identity') - before;
  return { reference, email, request, orders };
}

test('the client finds activities in histories by their present names', () => {
  // This line does not compile if an activity is renamed.
  const names: readonly (keyof Ar24Activities)[] = Object.values(REQUEST_ACTIVITIES);
  expect(names).toHaveLength(2);
});

test('an identity that an operator overrode is not ordered again by the next onboarding', async () => {
  const { reference, request, orders } = await startWithIdentity();
  const decision = { requirement: 'identity', by: 'ops', reason: 'seen at the counter' } as const;
  await client.override(reference, decision);
  expect(await client.result(reference)).toMatchObject({ kind: 'ready', identityOrdered: true });
  await client.start(request, { restart: true });
  await reaches(client, reference, 'awaiting-identity');
  expect(orders()).toBe(1);
});

test('the order of an onboarding counts also after another one that was terminated before its own order', async () => {
  const { reference, email, request, orders } = await startWithIdentity();
  testEnv.simulator.updateAccount(email, { cgu: '0' });
  await client.check(reference);
  await reaches(client, reference, 'awaiting-terms');
  await terminate(reference);
  await client.start(request, { restart: true });
  await reaches(client, reference, 'awaiting-terms');
  await terminate(reference);
  testEnv.simulator.updateAccount(email, { cgu: '1' });
  await client.start(request, { restart: true });
  await reaches(client, reference, 'awaiting-identity');
  expect(orders()).toBe(1);
});

test('a restart after a terminated run knows its access request', async () => {
  const [reference, email] = [aReference(), anAddress()];
  testEnv.simulator.createAccount({ ...ATTACHED, email, attached: '0' });
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-attachment');
  await terminate(reference);
  testEnv.simulator.updateAccount(email, { attached: '1' });
  await client.start({ reference, email }, { restart: true });
  expect(await client.result(reference)).toMatchObject({ kind: 'ready', accessRequested: true });
});

test('an access request to the holder of an earlier address proves nothing for the corrected one', async () => {
  const [reference, first, email] = [aReference(), anAddress(), anAddress()];
  testEnv.simulator.createAccount({ ...ATTACHED, email: first, attached: '0' });
  testEnv.simulator.createAccount({ ...ATTACHED, email });
  await client.start({ reference, email: first });
  await reaches(client, reference, 'awaiting-attachment');
  await client.correctAddress(reference, { email });
  await reaches(client, reference, 'awaiting-operator');
  await terminate(reference);
  await client.start({ reference, email }, { restart: true });
  await reaches(client, reference, 'awaiting-operator');
  expect(await client.view(reference)).toMatchObject({ question: 'whose-account' });
});

test('a restart after an acceptance that the holder gave is ready', async () => {
  const [reference, email] = [aReference(), anAddress()];
  const { id } = testEnv.simulator.createAccount({ ...ATTACHED, email, attached: '0' });
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-attachment');
  testEnv.simulator.updateAccount(email, { attached: '1' });
  await client.accept(reference, { what: 'attachment' });
  await client.result(reference);
  await client.start({ reference, email }, { restart: true });
  expect(await client.result(reference)).toMatchObject({ kind: 'ready', accountId: id });
});
