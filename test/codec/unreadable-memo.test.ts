/** Onboardings whose memo cannot be read here: its key is missing, or somebody made it by hand. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { randomBytes } from 'node:crypto';
import { OnboardingClient } from '../../client/index.ts';
import {
  createEncryptionKey,
  encryptingConverter,
  parseEncryptionKeys,
  type KeyRing,
} from '../../codec/index.ts';
import { WORKFLOW_TYPE, workflowIdOf } from '../../workflows/contract/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { aReference, anAddress, ATTACHED, listed, reaches } from '../client/onboardings.ts';
import { callsTo } from '../support/ledger.ts';

const ring = (...written: readonly string[]): KeyRing => parseEncryptionKeys(written.join(','));
const OLD = ring(createEncryptionKey('old'));
const NEW = ring(createEncryptionKey('new'));

const testEnv = useDevelopmentServer();
let before: OnboardingClient;
let after: OnboardingClient;
let stopWorker: () => Promise<void>;

const clientWith = (keys: KeyRing) => {
  const { connection } = testEnv.temporal;
  const temporal = new Client({ connection, dataConverter: encryptingConverter(keys) });
  return new OnboardingClient({ temporal, hashKey: HASH_KEY });
};

beforeAll(async () => {
  [before, after] = [clientWith(OLD), clientWith(NEW)];
  stopWorker = await testEnv.startWorker({ dataConverter: encryptingConverter(OLD) });
});

afterAll(async () => {
  await stopWorker();
});

const oldKey = OLD[0].id;
const orders = () => callsTo(testEnv.simulator, 'POST /user/identity');

/** An onboarding that lacks only the identity, which is ordered. */
async function startWithIdentity() {
  const request = {
    reference: aReference(),
    email: anAddress(),
    emailVerified: true,
    require: ['identity'] as const,
  };
  testEnv.simulator.createAccount({ ...ATTACHED, email: request.email });
  await before.start(request);
  await reaches(before, request.reference, 'awaiting-identity');
  return request;
}

test('after the old key was removed, an onboarding that ended under it is listed, shown in part, and can be restarted safely', async () => {
  const [ended, open] = [await startWithIdentity(), await startWithIdentity()];
  await before.cancel(ended.reference, { reason: 'a mistake' });
  await before.result(ended.reference);
  await stopWorker();
  stopWorker = await testEnv.startWorker({ dataConverter: encryptingConverter(NEW) });
  const readable = { reference: aReference(), email: anAddress() };
  await after.start(readable);
  const found = await listed(() => after.list(), readable.reference);
  const references = found.map(({ reference }) => reference);
  expect(references).toEqual(expect.arrayContaining([ended.reference, open.reference]));
  await listed(() => after.list({ status: 'cancelled' }), ended.reference);
  await listed(() => after.list({ email: ended.email }), ended.reference);
  const outcome = { kind: 'unreadable', keyId: oldKey };
  expect(await after.view(ended.reference)).toMatchObject({
    status: 'cancelled',
    partial: true,
    outcome,
    stuck: false,
  });
  expect(await after.result(ended.reference)).toEqual(outcome);
  await expect(after.remind(ended.reference)).rejects.toThrow('has ended (cancelled)');
  expect(await after.start(ended)).toMatchObject({ kind: 'ended', ending: outcome });
  const ordered = orders();
  expect(await after.start(ended, { restart: true })).toMatchObject({ kind: 'started' });
  await reaches(after, ended.reference, 'awaiting-identity');
  // The paid order may have been an identity, so that is not ordered again.
  expect(orders()).toBe(ordered);
  // The open onboarding waits for its key, and its view says so.
  await listed(() => after.list({ stuckOnly: true }), open.reference);
  expect(await after.view(open.reference)).toMatchObject({
    status: 'awaiting-identity',
    partial: true,
    stuckBecause: expect.arrayContaining(['missing-key']) as unknown,
  });
  expect(await after.start(open)).toMatchObject({ kind: 'open-differs', differs: [] });
});

/** As another SDK would write it, under a key that may never have existed. */
function encrypted(keyId: string): Payload {
  const metadata = { encoding: 'binary/encrypted', 'encryption-key-id': keyId };
  return {
    metadata: Object.fromEntries(Object.entries(metadata).map(([k, v]) => [k, Buffer.from(v)])),
    data: randomBytes(64),
  };
}

const HAND_MADE = [
  { keyId: NEW[0].id, stuckBecause: [] },
  { keyId: 'invented-00000000', stuckBecause: ['missing-key'] },
];

async function startByHand(keyId: string): Promise<string> {
  const reference = aReference();
  await testEnv.temporal.workflowService.startWorkflowExecution({
    namespace: 'default',
    requestId: reference,
    workflowId: workflowIdOf(reference),
    workflowType: { name: WORKFLOW_TYPE },
    taskQueue: { name: 'where nobody works' },
    memo: { fields: { requestFingerprint: encrypted(keyId) } },
  });
  return reference;
}

test('memos that were altered, or made by hand, do not hide other onboardings', async () => {
  const made = HAND_MADE.map(async ({ keyId, stuckBecause }) => {
    const reference = await startByHand(keyId);
    await listed(() => after.list(), reference);
    expect(await after.view(reference)).toMatchObject({ partial: true, stuckBecause });
    const restarted = await after.start({ reference, email: anAddress() }, { restart: true });
    expect(restarted).toMatchObject({ kind: 'open-differs', differs: [] });
  });
  await Promise.all(made);
  const other = { reference: aReference(), email: anAddress() };
  await after.start(other);
  await listed(() => after.list(), other.reference);
});
