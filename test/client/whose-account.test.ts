/**
 * Several references with one address: AR24 gives access to the partner, and one acceptance belongs
 * to one sender.
 */
import { beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient } from '../../client/index.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { Person } from '../support/person.ts';
import { registrationForm } from '../support/people.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { anAddress, aReference, ATTACHED, listed, reaches } from './onboardings.ts';

const testEnv = useDevelopmentServer();
let client: OnboardingClient;

beforeAll(async () => {
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY, actor: 'crm' });
  await testEnv.startWorker();
});

/** A person with an account of their own, attached to no partner. */
function holder(): Person {
  const email = anAddress();
  testEnv.simulator.createAccount({ ...ATTACHED, email, attached: '0' });
  return new Person(testEnv.simulator, email);
}

/** Starts an onboarding that requests access, and waits for the holder. */
async function asks(email: string, more = {}): Promise<string> {
  const reference = aReference();
  await client.start({ reference, email, ...more });
  await reaches(client, reference, 'awaiting-attachment');
  await listed(() => client.list({ email }), reference);
  return reference;
}

async function expectQuestion(reference: string): Promise<void> {
  await client.check(reference);
  const view = await reaches(client, reference, 'awaiting-operator');
  expect(view).toMatchObject({ question: 'whose-account', waitingFor: ['operator'] });
}

test("one reference requested access: the holder's acceptance belongs to it", async () => {
  const person = holder();
  const reference = await asks(person.email);
  await person.acceptsAccess();
  await client.check(reference);
  expect(await client.result(reference)).toMatchObject({
    kind: 'ready',
    how: 'attached',
    ownership: { kind: 'only-requester' },
  });
});

test('two references requested access: one acceptance makes neither ready, and the operator decides', async () => {
  const victim = holder();
  const attacker = await asks(victim.email);
  const signUp = await asks(victim.email);
  await victim.acceptsAccess();
  await expectQuestion(attacker);
  await expectQuestion(signUp);
  await client.override(signUp, { requirement: 'operator', by: 'ops', reason: 'by phone' });
  expect(await client.result(signUp)).toMatchObject({
    kind: 'ready',
    ownership: { kind: 'operator', by: 'ops' },
  });
});

test('the partner vouches for one of two: that one is ready, and the outcome names the vouching', async () => {
  const victim = holder();
  const attacker = await asks(victim.email);
  const signUp = await asks(victim.email, { emailVerified: true });
  await victim.acceptsAccess();
  await client.check(signUp);
  expect(await client.result(signUp)).toMatchObject({
    kind: 'ready',
    ownership: { kind: 'vouched', by: 'crm' },
  });
  await expectQuestion(attacker);
});

test('an onboarding that is vouched for while the operator is asked becomes ready', async () => {
  const victim = holder();
  await asks(victim.email);
  const signUp = await asks(victim.email);
  await victim.acceptsAccess();
  await expectQuestion(signUp);
  const vouched = { email: victim.email, emailVerified: true, by: 'support' };
  await client.correctAddress(signUp, vouched);
  expect(await client.result(signUp)).toMatchObject({
    kind: 'ready',
    ownership: { kind: 'vouched', by: 'support' },
  });
});

test('cancelled before the holder accepted another request, and started again: the operator decides', async () => {
  const victim = holder();
  const attacker = await asks(victim.email);
  await client.cancel(attacker, { reason: 'a test' });
  await client.result(attacker);
  const signUp = await asks(victim.email);
  await victim.acceptsAccess();
  await client.start({ reference: attacker, email: victim.email }, { restart: true });
  await expectQuestion(attacker);
  await expectQuestion(signUp);
});

test('a request from before the address was corrected counts for the former address', async () => {
  const victim = holder();
  const attacker = await asks(victim.email);
  await client.correctAddress(attacker, { email: anAddress() });
  await reaches(client, attacker, 'awaiting-registration');
  const signUp = await asks(victim.email);
  await victim.acceptsAccess();
  await expectQuestion(signUp);
});

test('another reference has the account, by now under another address: the operator decides', async () => {
  const person = holder();
  const first = await asks(person.email);
  await person.acceptsAccess();
  await client.check(first);
  await client.result(first);
  const moved = anAddress();
  testEnv.simulator.updateAccount(person.email, { email: moved, attached: '0' });
  const second = await asks(moved);
  testEnv.simulator.updateAccount(moved, { attached: '1' });
  await expectQuestion(second);
});

test('an account created for one reference and requested by another belongs to the creator, as AR24 shows', async () => {
  const email = anAddress();
  const creator = aReference();
  await client.start({ reference: creator, email, registration: registrationForm() });
  await reaches(client, creator, 'awaiting-email');
  const other = aReference();
  await client.start({ reference: other, email });
  await expectQuestion(other);
  testEnv.simulator.updateAccount(email, { confirmed: '1', cgu: '1' });
  await client.check(creator);
  expect(await client.result(creator)).toMatchObject({ ownership: { kind: 'created' } });
});

test('a request whose address was hashed with a former key counts', async () => {
  const person = holder();
  await asks(person.email);
  const rotated = new OnboardingClient({
    temporal: testEnv.temporal,
    hashKey: { version: '2', key: Buffer.alloc(32, 2) },
    formerHashKeys: [HASH_KEY],
  });
  const reference = aReference();
  await rotated.start({ reference, email: person.email });
  await reaches(rotated, reference, 'awaiting-attachment');
  await person.acceptsAccess();
  await expectQuestion(reference);
});

test('a run made by hand under an unusual id does not count', async () => {
  const person = holder();
  const reference = await asks(person.email);
  const handle = testEnv.temporal.workflow.getHandle(workflowIdOf(reference));
  const { typedSearchAttributes } = await handle.describe();
  await testEnv.temporal.workflow.start('senderOnboarding', {
    workflowId: 'by hand, to try something',
    taskQueue: 'nobody-polls-this',
    typedSearchAttributes,
  });
  await person.acceptsAccess();
  await client.check(reference);
  expect(await client.result(reference)).toMatchObject({ ownership: { kind: 'only-requester' } });
});
