/** Onboardings while keys change, are missing, or somebody meddles with what Temporal keeps. */
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

const world = useDevelopmentServer();
let stopWorker: () => Promise<void>;

const temporalWith = (keys: KeyRing) =>
  new Client({ connection: world.temporal.connection, dataConverter: encryptingConverter(keys) });
const clientWith = (keys: KeyRing) =>
  new OnboardingClient({ temporal: temporalWith(keys), hashKey: HASH_KEY });
const describe = (reference: string, keys: KeyRing) =>
  temporalWith(keys).workflow.getHandle(workflowIdOf(reference)).describe();
const keysOf = async (reference: string, keys: KeyRing) =>
  (await describe(reference, keys)).typedSearchAttributes.get(ATTRIBUTES.keyIds);

/** Another worker takes over, with these keys. */
async function worksWith(keys: KeyRing | 'none'): Promise<void> {
  await stopWorker();
  stopWorker = await world.startWorker(
    keys === 'none'
      ? { dataConverter: undefined, payloads: 'plaintext' }
      : { dataConverter: encryptingConverter(keys) },
  );
}

/** Somebody whose holder has been asked for access. */
async function awaiting(client: OnboardingClient): Promise<{ reference: string; person: Person }> {
  const [reference, email] = [aReference(), anAddress()];
  world.simulator.createAccount({
    email,
    confirmed: '1',
    cgu: '1',
    firstname: 'Zoé',
    lastname: 'B',
  });
  await client.start({ reference, email });
  await reaches(client, reference, 'awaiting-attachment');
  return { reference, person: new Person(world.simulator, email) };
}

beforeAll(async () => {
  stopWorker = await world.startWorker({ dataConverter: encryptingConverter(ring(OLD)) });
});

afterAll(async () => {
  await stopWorker();
});

test('a key is changed while people wait: nobody is lost, and the search tells which keys they need', async () => {
  const before = clientWith(ring(OLD));
  const waiting = await Promise.all(Array.from({ length: 5 }, () => awaiting(before)));
  await worksWith(ring(OLD, NEW));
  await worksWith(ring(NEW, OLD));
  const after = clientWith(ring(NEW, OLD));
  for (const { reference } of waiting) {
    expect(await keysOf(reference, ring(OLD))).toEqual([oldId]);
    await after.check(reference);
  }
  const [first] = waiting;
  if (first === undefined) throw new Error('nobody waits');
  await eventually(
    'needs both keys',
    () => keysOf(first.reference, ring(NEW, OLD)),
    (keys) => keys?.length === 2,
  );
  expect(await keysOf(first.reference, ring(NEW, OLD))).toEqual([newId, oldId]);
  const needed = await eventually(
    'all counted',
    () => keysNeeded(temporalWith(ring(NEW, OLD))),
    (counts) => counts.get(newId) === 5,
  );
  expect(needed.get(oldId)).toBe(5);
  for (const { reference, person } of waiting) {
    await person.acceptsAccess();
    await after.check(reference);
    expect(await after.result(reference)).toMatchObject({ kind: 'ready' });
  }
  await eventually(
    'no key needed',
    () => keysNeeded(temporalWith(ring(NEW, OLD))),
    (counts) => counts.size === 0,
  );
});

test('a refused update under a new key leaves nothing behind that a replay would miss', async () => {
  await worksWith(ring(OLD, NEW));
  const before = clientWith(ring(OLD, NEW));
  const { reference, person } = await awaiting(before);
  const after = clientWith(ring(NEW, OLD));
  await expect(after.register(reference, registrationForm())).rejects.toThrow(UpdateRefusedError);
  const shown = await before.view(reference);
  const plain = new Client({ connection: world.temporal.connection });
  await plain.workflow.getHandle(workflowIdOf(reference)).signal('check');
  await eventually(
    'has looked again',
    () => before.view(reference),
    (view) => !view.partial && !shown.partial && view.lastLook?.at !== shown.lastLook?.at,
  );
  expect(await keysOf(reference, ring(OLD))).toEqual([oldId]);
  // The next worker knows the history, and no more.
  await worksWith(ring(OLD, NEW));
  await person.acceptsAccess();
  await after.check(reference);
  expect(await after.result(reference)).toMatchObject({ kind: 'ready' });
});

test('without its key an onboarding waits, says why, and goes on once the key is back', async () => {
  await worksWith(ring(NEW, OLD));
  const { reference, person } = await awaiting(clientWith(ring(OLD)));
  await worksWith(ring(NEW));
  const without = clientWith(ring(NEW));
  expect(await without.view(reference)).toMatchObject({
    partial: true,
    stuckBecause: ['missing-key'],
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

test('a signal that was altered, or taken from another onboarding, changes nothing', async () => {
  await worksWith(ring(NEW, OLD));
  const client = clientWith(ring(NEW, OLD));
  const { reference, person } = await awaiting(client);
  const codec = encryptingConverter(ring(NEW)).payloadCodecs?.[0];
  const { payloadConverter } = world.temporal.options.loadedDataConverter;
  const payload = payloadConverter.toPayload({ what: 'terms', by: 'a stranger' });
  const of = (id: string) => ({ type: 'workflow' as const, namespace: 'default', workflowId: id });
  const [foreign] = (await codec?.encode([payload], of('sender-onboarding/another'))) ?? [];
  const [mine] = (await codec?.encode([payload], of(workflowIdOf(reference)))) ?? [];
  const altered = { ...mine, data: Buffer.from(mine?.data ?? []).fill(0, 20, 30) };
  for (const signalName of ['accepted', 'refused', 'withdrawn', 'check']) {
    for (const odd of [foreign, altered]) {
      if (odd === undefined) throw new Error('nothing was encoded');
      await world.temporal.connection.workflowService.signalWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: workflowIdOf(reference) },
        signalName,
        input: { payloads: [odd] },
      });
    }
  }
  await client.accept(reference, { what: 'email', by: 'somebody' });
  const view = await eventually(
    'the good one is heard',
    () => client.view(reference),
    (shown) => !shown.partial && shown.claims.length > 0,
  );
  expect(view).toMatchObject({ claims: [{ what: 'email', by: 'somebody' }] });
  await person.acceptsAccess();
  await client.check(reference);
  expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
});

test('a query under a new key leaves nothing behind that a replay would miss', async () => {
  await worksWith(ring(OLD, NEW));
  const client = clientWith(ring(OLD, NEW));
  const { reference, person } = await awaiting(client);
  const handle = temporalWith(ring(NEW, OLD)).workflow.getHandle(workflowIdOf(reference));
  await expect(handle.query('nothing of the kind', 'a value')).rejects.toThrow();
  await handle.query('view', 'a value', 'another');
  // A hint that tells of nothing new, under the old key.
  await client.accept(reference, { what: 'email', by: 'somebody' });
  await eventually(
    'heard',
    () => client.view(reference),
    (view) => !view.partial && view.claims.length > 0,
  );
  expect(await keysOf(reference, ring(OLD))).toEqual([oldId]);
  await worksWith(ring(OLD, NEW));
  await person.acceptsAccess();
  await client.check(reference);
  expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
});

test('a worker without keys leaves what is encrypted to one that has them', async () => {
  const client = clientWith(ring(OLD));
  await worksWith('none');
  const [reference, email] = [aReference(), anAddress()];
  world.simulator.createAccount({ ...ATTACHED, email });
  await client.start({ reference, email, emailVerified: true });
  await eventually(
    'tried again',
    () => describe(reference, ring(OLD)),
    ({ raw }) => (raw.pendingWorkflowTask?.attempt ?? 0) > 1,
  );
  await worksWith(ring(OLD));
  expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
});

test('a plain signal, as the CLI sends it, is heard', async () => {
  await worksWith(ring(NEW, OLD));
  const client = clientWith(ring(NEW, OLD));
  const { reference, person } = await awaiting(client);
  const plain = new Client({ connection: world.temporal.connection });
  await person.acceptsAccess();
  await plain.workflow.getHandle(workflowIdOf(reference)).signal('check');
  expect(await client.result(reference)).toMatchObject({ kind: 'ready' });
});

/** Of somebody who took encoding for encryption. */
const ZIPPED: DataConverter = {
  payloadCodecs: [{ encode: (all) => Promise.resolve(all), decode: (all) => Promise.resolve(all) }],
};

test.each([
  ['nothing', undefined],
  ['with a codec that is none of ours', ZIPPED],
])('a worker that encrypts %s is refused', async (_, dataConverter) => {
  await expect(world.startWorker({ dataConverter })).rejects.toThrow('would encrypt nothing');
});

test.each([
  ['nothing', {}],
  ['with a codec that is none of ours', { dataConverter: ZIPPED }],
])('a client that encrypts %s is refused, unless somebody says so', (_, converter) => {
  const temporal = new Client({ connection: world.temporal.connection, ...converter });
  const build = (payloads?: 'plaintext') => () =>
    new OnboardingClient({ temporal, hashKey: HASH_KEY, ...(payloads && { payloads }) });
  expect(build()).toThrow('encrypts nothing');
  expect(build('plaintext')).not.toThrow();
});
