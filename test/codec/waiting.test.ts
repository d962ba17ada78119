/** Onboardings while keys change or are missing, or somebody alters what Temporal keeps. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import {
  createEncryptionKey,
  encryptingConverter,
  parseEncryptionKeys,
  type KeyRing,
} from '../../codec/index.ts';
import { OnboardingClient, UpdateRefusedError } from '../../client/index.ts';
import { keysNeeded } from '../../client/keys-needed.ts';
import { ATTRIBUTES, workflowIdOf } from '../../workflows/contract/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { aReference, anAddress, ATTACHED, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';

const [OLD, NEW] = [createEncryptionKey('old'), createEncryptionKey('new')];
const ring = (...written: readonly string[]): KeyRing => parseEncryptionKeys(written.join(','));
const [oldId, newId] = [ring(OLD)[0].id, ring(NEW)[0].id];

const testEnv = useDevelopmentServer();
let stopWorker: () => Promise<void>;

const temporalWith = (keys: KeyRing) =>
  new Client({ connection: testEnv.temporal.connection, dataConverter: encryptingConverter(keys) });
const clientWith = (keys: KeyRing) =>
  new OnboardingClient({ temporal: temporalWith(keys), hashKey: HASH_KEY });
const describe = (reference: string, keys: KeyRing) =>
  temporalWith(keys).workflow.getHandle(workflowIdOf(reference)).describe();
const keyOf = async (reference: string, keys: KeyRing) =>
  (await describe(reference, keys)).typedSearchAttributes.get(ATTRIBUTES.keyId);
const needed = (keys: KeyRing) => keysNeeded(temporalWith(keys));

/** Replaces the worker by one with these keys. */
async function worksWith(keys: KeyRing | 'none'): Promise<void> {
  await stopWorker();
  stopWorker = await testEnv.startWorker(
    keys === 'none'
      ? { dataConverter: undefined, payloads: 'plaintext' }
      : { dataConverter: encryptingConverter(keys) },
  );
}

/** An onboarding that has requested access. */
async function awaiting(client: OnboardingClient): Promise<{ reference: string; person: Person }> {
  const [reference, email] = [aReference(), anAddress()];
  testEnv.simulator.createAccount({
    email,
    confirmed: '1',
    cgu: '1',
    firstname: 'Zoé',
    lastname: 'B',
  });
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-attachment');
  return { reference, person: new Person(testEnv.simulator, email) };
}

beforeAll(async () => {
  stopWorker = await testEnv.startWorker({ dataConverter: encryptingConverter(ring(OLD)) });
});

afterAll(async () => {
  await stopWorker();
});

test('a key is changed while senders wait: none is lost, and each run needs its own key and the newer ones', async () => {
  const before = clientWith(ring(OLD));
  const waiting = await Promise.all(Array.from({ length: 5 }, () => awaiting(before)));
  await worksWith(ring(OLD, NEW));
  await eventually(
    'all counted',
    () => needed(ring(OLD, NEW)),
    (counts) => counts.get(oldId) === 5,
  );
  expect([...(await needed(ring(OLD, NEW))).keys()]).toEqual([oldId]);
  await worksWith(ring(NEW, OLD));
  const after = clientWith(ring(NEW, OLD));
  for (const { reference } of waiting) await after.check(reference);
  const begunLater = await awaiting(after);
  expect(await keyOf(begunLater.reference, ring(NEW, OLD))).toBe(newId);
  const counts = await eventually(
    'the later one counted',
    () => needed(ring(NEW, OLD)),
    (found) => found.get(newId) === 6,
  );
  expect(counts.get(oldId)).toBe(5);
  // The age of a key that is not here is unknown.
  expect(Object.fromEntries(await needed(ring(NEW)))).toEqual({ [newId]: 6, [oldId]: 5 });
  for (const { reference, person } of [...waiting, begunLater]) {
    await person.acceptsAccess();
    await after.check(reference);
    expect(await after.result(reference)).toMatchObject({ kind: 'ready' });
  }
  await eventually(
    'no key needed',
    () => needed(ring(NEW, OLD)),
    (found) => found.size === 0,
  );
});

test('a refused update under a new key leaves nothing in the state that a replay would lack', async () => {
  await worksWith(ring(OLD, NEW));
  const before = clientWith(ring(OLD, NEW));
  const { reference, person } = await awaiting(before);
  const after = clientWith(ring(NEW, OLD));
  await expect(after.register(reference, registrationForm())).rejects.toThrow(UpdateRefusedError);
  const shown = await before.view(reference);
  const plain = new Client({ connection: testEnv.temporal.connection });
  await plain.workflow.getHandle(workflowIdOf(reference)).signal('check');
  await eventually(
    'another read',
    () => before.view(reference),
    (view) => !view.partial && !shown.partial && view.lastRead?.at !== shown.lastRead?.at,
  );
  // The next worker knows only the history.
  await worksWith(ring(OLD, NEW));
  await person.acceptsAccess();
  await after.check(reference);
  expect(await after.result(reference)).toMatchObject({ kind: 'ready' });
});

test('without its key an onboarding waits, shows the reason, and goes on once the key is back', async () => {
  await worksWith(ring(NEW, OLD));
  const { reference, person } = await awaiting(clientWith(ring(OLD)));
  await worksWith(ring(NEW));
  const without = clientWith(ring(NEW));
  expect(await without.view(reference)).toMatchObject({
    partial: true,
    stuckBecause: ['missing-key'],
    // The worker before lacked the new key, and Temporal shows its pollers for two minutes.
    missingKeys: expect.arrayContaining([oldId]) as unknown,
  });
  const both = clientWith(ring(NEW, OLD));
  await person.acceptsAccess();
  await both.check(reference);
  await eventually(
    'tried again',
    () => describe(reference, ring(NEW, OLD)),
    ({ raw }) => (raw.pendingWorkflowTask?.attempt ?? 0) > 1,
  );
  await worksWith(ring(NEW, OLD));
  expect(await both.result(reference)).toMatchObject({ kind: 'ready', how: 'attached' });
});

test('a key that the gateway has and the worker lacks is named, and the code is not blamed', async () => {
  await worksWith(ring(OLD));
  const gateway = clientWith(ring(NEW, OLD));
  const [reference, email] = [aReference(), anAddress()];
  testEnv.simulator.createAccount({ ...ATTACHED, email });
  await gateway.start({ reference, email, emailVerified: true });
  await eventually(
    'tried often',
    () => describe(reference, ring(NEW, OLD)),
    ({ raw }) => (raw.pendingWorkflowTask?.attempt ?? 0) > 4,
  );
  const stuck = { partial: true, stuck: true, stuckBecause: ['missing-key'], missingKeys: [newId] };
  expect(await gateway.view(reference)).toMatchObject(stuck);
  const listed: string[] = [];
  for await (const one of gateway.list({ stuckOnly: true })) listed.push(one.reference);
  expect(listed).toContain(reference);
  await worksWith(ring(NEW, OLD));
  expect(await gateway.result(reference)).toMatchObject({ kind: 'ready' });
});

test('a signal that was altered, or taken from another onboarding, changes nothing', async () => {
  await worksWith(ring(NEW, OLD));
  const client = clientWith(ring(NEW, OLD));
  const { reference, person } = await awaiting(client);
  const codec = encryptingConverter(ring(NEW)).payloadCodecs?.[0];
  const { payloadConverter } = testEnv.temporal.options.loadedDataConverter;
  const payload = payloadConverter.toPayload({ what: 'terms', by: 'a stranger' });
  const of = (id: string) => ({ type: 'workflow' as const, namespace: 'default', workflowId: id });
  const [foreign] = (await codec?.encode([payload], of('sender-onboarding/another'))) ?? [];
  const [mine] = (await codec?.encode([payload], of(workflowIdOf(reference)))) ?? [];
  const altered = { ...mine, data: Buffer.from(mine?.data ?? []).fill(0, 20, 30) };
  for (const signalName of ['accepted', 'refused', 'withdrawn', 'check']) {
    for (const odd of [foreign, altered]) {
      if (odd === undefined) throw new Error('nothing was encoded');
      await testEnv.temporal.connection.workflowService.signalWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: workflowIdOf(reference) },
        signalName,
        input: { payloads: [odd] },
      });
    }
  }
  await client.accept(reference, { what: 'email', by: 'somebody' });
  const view = await eventually(
    'the valid claim',
    () => client.view(reference),
    (shown) => !shown.partial && shown.claims.length > 0,
  );
  expect(view).toMatchObject({ claims: [{ what: 'email', by: 'somebody' }] });
  await person.acceptsAccess();
  await client.check(reference);
  expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
});

test('a query under a new key leaves nothing in the state that a replay would lack', async () => {
  await worksWith(ring(OLD, NEW));
  const client = clientWith(ring(OLD, NEW));
  const { reference, person } = await awaiting(client);
  const handle = temporalWith(ring(NEW, OLD)).workflow.getHandle(workflowIdOf(reference));
  await expect(handle.query('nothing of the kind', 'a value')).rejects.toThrow();
  await handle.query('view', 'a value', 'another');
  // A claim that changes nothing, under the old key.
  await client.accept(reference, { what: 'email', by: 'somebody' });
  await eventually(
    'the claim',
    () => client.view(reference),
    (view) => !view.partial && view.claims.length > 0,
  );
  await worksWith(ring(OLD, NEW));
  await person.acceptsAccess();
  await client.check(reference);
  expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
});

test('a worker without keys leaves encrypted work to a worker with keys', async () => {
  const client = clientWith(ring(OLD));
  await worksWith('none');
  const [reference, email] = [aReference(), anAddress()];
  testEnv.simulator.createAccount({ ...ATTACHED, email });
  await client.start({ reference, email, emailVerified: true });
  await eventually(
    'tried again',
    () => describe(reference, ring(OLD)),
    ({ raw }) => (raw.pendingWorkflowTask?.attempt ?? 0) > 1,
  );
  await worksWith(ring(OLD));
  expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
});

test("a plain signal, as Temporal's command line sends it, is accepted", async () => {
  await worksWith(ring(NEW, OLD));
  const client = clientWith(ring(NEW, OLD));
  const { reference, person } = await awaiting(client);
  const plain = new Client({ connection: testEnv.temporal.connection });
  await person.acceptsAccess();
  await plain.workflow.getHandle(workflowIdOf(reference)).signal('check');
  expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
});

/** Of a developer who takes encoding for encryption. */
const ZIPPED: DataConverter = {
  payloadCodecs: [{ encode: (all) => Promise.resolve(all), decode: (all) => Promise.resolve(all) }],
};

test.each([
  ['nothing', undefined],
  ['with a codec of another kind', ZIPPED],
])('a worker that encrypts %s is refused', async (_, dataConverter) => {
  await expect(testEnv.startWorker({ dataConverter })).rejects.toThrow('would encrypt nothing');
});

test.each([
  ['nothing', {}],
  ['with a codec of another kind', { dataConverter: ZIPPED }],
])('a client that encrypts %s is refused, unless plaintext is set', (_, converter) => {
  const temporal = new Client({ connection: testEnv.temporal.connection, ...converter });
  const build = (payloads?: 'plaintext') => () =>
    new OnboardingClient({ temporal, hashKey: HASH_KEY, ...(payloads && { payloads }) });
  expect(build()).toThrow('encrypts nothing');
  expect(build('plaintext')).not.toThrow();
});
