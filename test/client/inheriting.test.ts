/** What a restart knows of the onboardings before it, however they ended. */
import { beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient } from '../../client/index.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { callsTo } from '../support/ledger.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference, anAddress, ATTACHED, reaches } from './onboardings.ts';

const world = useDevelopmentServer();
let client: OnboardingClient;

beforeAll(async () => {
  client = new OnboardingClient({ temporal: world.temporal, hashKey: HASH_KEY });
  await world.startWorker();
});

async function terminate(reference: string): Promise<void> {
  await world.temporal.workflow.getHandle(workflowIdOf(reference)).terminate('by a test');
}

/** One for whom all is there but the identity, which is ordered. */
async function startWithIdentity() {
  const [reference, email] = [aReference(), anAddress()];
  const before = callsTo(world.simulator, 'POST /user/identity');
  world.simulator.createAccount({ ...ATTACHED, email });
  const request = { reference, email, emailVerified: true, require: ['identity'] as const };
  await client.start(request);
  await reaches(client, reference, 'awaiting-identity');
  const orders = () => callsTo(world.simulator, 'POST /user/identity') - before;
  return { reference, email, request, orders };
}

test('an identity that an operator settled is not ordered by the next onboarding', async () => {
  const { reference, request, orders } = await startWithIdentity();
  const said = { requirement: 'identity', by: 'ops', reason: 'seen at the counter' } as const;
  await client.override(reference, said);
  expect(await client.result(reference)).toMatchObject({ kind: 'ready', identityOrdered: true });
  await client.start(request, { restart: true });
  await reaches(client, reference, 'awaiting-identity');
  expect(orders()).toBe(1);
});

test('terminated while it waited for something else: the order before it still counts', async () => {
  const { reference, email, request, orders } = await startWithIdentity();
  world.simulator.updateAccount(email, { cgu: '0' });
  await client.check(reference);
  await reaches(client, reference, 'awaiting-terms');
  await terminate(reference);
  await client.start(request, { restart: true });
  await reaches(client, reference, 'awaiting-terms');
  await terminate(reference);
  world.simulator.updateAccount(email, { cgu: '1' });
  await client.start(request, { restart: true });
  await reaches(client, reference, 'awaiting-identity');
  expect(orders()).toBe(1);
});

test('a holder who was asked by a run that was terminated is believed afterwards', async () => {
  const [reference, email] = [aReference(), anAddress()];
  world.simulator.createAccount({ ...ATTACHED, email, attached: '0' });
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-attachment');
  await terminate(reference);
  world.simulator.updateAccount(email, { attached: '1' });
  await client.start({ reference, email }, { restart: true });
  expect(await client.result(reference)).toMatchObject({ kind: 'ready', accessAsked: true });
});

test('one who became ready by his own yes is known when he is started again', async () => {
  const [reference, email] = [aReference(), anAddress()];
  const { id } = world.simulator.createAccount({ ...ATTACHED, email, attached: '0' });
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-attachment');
  world.simulator.updateAccount(email, { attached: '1' });
  await client.accept(reference, { what: 'attachment' });
  await client.result(reference);
  await client.start({ reference, email }, { restart: true });
  expect(await client.result(reference)).toMatchObject({ kind: 'ready', accountId: id });
});
