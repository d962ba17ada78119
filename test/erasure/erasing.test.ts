/** A sender is erased in any state of the onboarding. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { endOnboarding } from '../../activities/erase/end-onboarding.ts';
import { OnboardingClient, type ErasureReceipt } from '../../client/index.ts';
import { encryptingConverter, parseEncryptionKeys } from '../../codec/index.ts';
import { ERASURE_TYPE, erasureIdOf, TASK_QUEUE } from '../../workflows/contract/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { all, anAddress, aReference, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { registrationForm } from '../support/people.ts';
import { DELETES_SOON, listsAll, runsListed, runsThatAreLeft } from './runs.ts';

/** By default, a workflow task that no worker can decrypt times out after 10 s. */
const testEnv = useDevelopmentServer({
  ...DELETES_SOON,
  'history.defaultWorkflowTaskTimeout': '3s',
});
let client: OnboardingClient;
let stopWorker: () => Promise<void>;
/** Each erasure takes a while, so they run beside the other tests. */
const unreadable = { reference: aReference(), runId: '' };
const calling = { reference: aReference(), runId: '' };
const unknownSender = aReference();
const returning = aReference();

beforeAll(async () => {
  client = new OnboardingClient({
    temporal: testEnv.temporal,
    hashKey: HASH_KEY,
    actor: 'support',
  });
  stopWorker = await testEnv.startWorker();
  const lost = parseEncryptionKeys(`lost:${Buffer.alloc(32, 'lost').toString('base64')}`);
  const { connection } = testEnv.temporal;
  const temporal = new Client({ connection, dataConverter: encryptingConverter(lost) });
  const stranger = new OnboardingClient({ temporal, hashKey: HASH_KEY });
  const { reference } = unreadable;
  unreadable.runId = (await stranger.start({ reference, email: anAddress() })).runId;
  await client.erase(reference);
  await client.eraseByEvent(unknownSender, { eventId: 'msg_unheard' });
  calling.runId = await startsCalling(calling.reference);
  await client.erase(calling.reference);
});

afterAll(() => stopWorker());

/** An onboarding whose account is being created, by a slow AR24. */
async function startsCalling(reference: string): Promise<string> {
  testEnv.simulator.setFaults({
    latencyMs: { min: 20_000, max: 20_000, count: 1, routes: ['POST /user'] },
  });
  const registration = registrationForm();
  const { runId } = await client.start({ reference, email: anAddress(), registration });
  await eventually(
    'in the call',
    () => client.view(reference),
    ({ calls }) => calls.some(({ what }) => what === 'createAccount'),
  );
  return runId;
}

async function erased(reference: string): Promise<ErasureReceipt> {
  const done = await eventually(
    `${reference} erased`,
    () => client.erasure(reference),
    (erasure) => erasure?.kind === 'erased',
  );
  if (done?.kind !== 'erased') throw new Error('not erased');
  return done.receipt;
}

test('every run of a reference is deleted, and what remains holds no personal data', async () => {
  const reference = returning;
  const email = anAddress();
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-registration');
  await client.cancel(reference, { reason: 'a mistake' });
  await reaches(client, reference, 'cancelled');
  const left = { reason: 'left', eventId: 'msg_left' };
  expect(await client.withdraw(reference, left)).toBe('ended');
  const registration = registrationForm();
  await client.start({ reference, email, registration }, { restart: true });
  await reaches(client, reference, 'awaiting-email');
  const before = await listsAll(testEnv.temporal, reference, 2);

  expect(await client.erase(reference, { by: 'ticket-7' })).toMatchObject({
    kind: expect.stringMatching(/^(waiting|under-way)$/),
  });
  const receipt = await erased(reference);
  expect(receipt).toMatchObject({ reference, by: 'ticket-7', onboardingRuns: 2 });
  expect(await runsThatAreLeft(testEnv.temporal, reference, before)).toEqual([]);
  expect(await runsListed(testEnv.temporal, reference)).toEqual([receipt.keptRun]);
  expect(await all(client.list({ email }))).toEqual([]);
  expect(await client.view(reference)).toMatchObject({
    status: 'cancelled',
    outcome: { kind: 'cancelled', by: 'ticket-7', reason: 'erased' },
    accountId: null,
  });
  const erasure = testEnv.temporal.workflow.getHandle(erasureIdOf(reference));
  const text = JSON.stringify([
    receipt,
    await erasure.describe(),
    await client.timeline(reference),
  ]);
  const { firstname, lastname, address1, city, company_siret } = registration;
  for (const personal of [email, firstname, lastname, address1, city, company_siret]) {
    expect(text).not.toContain(personal);
  }
  await recordHistory('erased', erasure);

  // A repeated request is the same erasure; a late sign-up event starts nothing; a restart starts
  // an onboarding.
  expect(await client.erase(reference, { by: 'ticket-7' })).toEqual({
    kind: 'erased',
    receipt,
    found: true,
  });
  expect(await client.start({ reference, email })).toMatchObject({
    kind: 'ended',
    ending: { reason: 'erased' },
  });
  expect(await client.start({ reference, email }, { restart: true })).toMatchObject({
    kind: 'started',
  });
  // Events processed before the erasure stay processed after it.
  expect(await client.withdraw(reference, left)).toBe('earlier');
  expect(await client.view(reference)).not.toMatchObject({ status: 'cancelled' });
  await client.erase(reference, { by: 'another' });
});

test('a reference without an onboarding is recorded as erased', async () => {
  expect(await erased(unknownSender)).toMatchObject({ onboardingRuns: 0, notificationRuns: 0 });
  expect(await client.start({ reference: unknownSender, email: anAddress() })).toMatchObject({
    kind: 'ended',
  });
  expect(await client.erasure(aReference())).toBeUndefined();
  // Again, by a client that cannot read the receipt.
  const { connection } = testEnv.temporal;
  const temporal = new Client({ connection });
  const blind = new OnboardingClient({ temporal, hashKey: HASH_KEY, payloads: 'plaintext' });
  expect(await blind.eraseByEvent(unknownSender, { eventId: 'msg_unheard' })).toEqual({
    kind: 'earlier',
  });
  expect(await blind.erase(unknownSender)).toMatchObject({
    kind: expect.stringMatching(/^(waiting|under-way)$/),
  });
});

test('a call in flight is cancelled and has ended before anything is deleted', async () => {
  const { reference, runId } = calling;
  expect(await erased(reference)).toMatchObject({ onboardingRuns: 1 });
  expect(await runsThatAreLeft(testEnv.temporal, reference, [runId])).toEqual([]);
});

test.each([
  [1, 'no'],
  [2, 'maybe'],
])(
  'try %d to end an onboarding that has ended: a notification is pending: %s',
  async (attempt, pending) => {
    // Only the try that died knew whether it interrupted a notification.
    const context = new MockActivityEnvironment({ attempt }, { client: testEnv.temporal });
    expect(await context.run(endOnboarding, aReference(), 'a test')).toEqual({
      notifiesPartner: pending,
    });
  },
);

test('an erasure started by hand with invalid input ends at once', async () => {
  const reference = aReference();
  const start = (input: unknown) =>
    testEnv.temporal.workflow.execute(ERASURE_TYPE, {
      workflowId: erasureIdOf(reference),
      taskQueue: TASK_QUEUE,
      args: [input],
    });
  for (const input of [null, {}, { reference: 'a b', by: '', requestedAt: '' }, { reference }]) {
    await expect(start(input)).rejects.toMatchObject({ cause: { type: 'StartRefused' } });
  }
  expect(await client.erasure(reference)).toMatchObject({ kind: 'stopped' });
  expect(await client.erase(reference)).not.toMatchObject({ kind: 'stopped' });
});

test('an onboarding whose key is lost is erased all the same', async () => {
  const { reference, runId } = unreadable;
  expect(await erased(reference)).toMatchObject({ onboardingRuns: 1 });
  expect(await runsThatAreLeft(testEnv.temporal, reference, [runId])).toEqual([]);
  expect(await client.view(reference)).toMatchObject({ status: 'cancelled' });
});

test('a sender who came back is erased again, and only the runs since then are counted', async () => {
  const again = await eventually(
    'erased again',
    () => erased(returning),
    ({ by }) => by === 'another',
  );
  expect(again).toMatchObject({ onboardingRuns: 1 });
  await reaches(client, returning, 'cancelled');
});
