import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { NoWorkerError, OnboardingClient, TemporalUnavailableError } from '../../client/index.ts';
import { freePort } from '../../devserver/index.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { interceptingClient } from './intercepting-client.ts';
import { aReference, all, anAddress, reaches } from './onboardings.ts';
import { dataConverter } from '../support/encryption.ts';

const testEnv = useDevelopmentServer();
let client: OnboardingClient;
let reference: string;

beforeAll(async () => {
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  const stopWorker = await testEnv.startWorker();
  reference = aReference();
  await client.start({ reference, email: anAddress() });
  await reaches(client, reference, 'awaiting-registration');
  await stopWorker();
});

test('a view shows what Temporal knows, and is marked partial', async () => {
  expect(await client.view(reference)).toMatchObject({
    partial: true,
    status: 'awaiting-registration',
    waitingFor: ['registration'],
    problem: null,
    outcome: null,
    stuck: false,
  });
});

test('a new onboarding is accepted all the same', async () => {
  const waiting = aReference();
  await expect(client.start({ reference: waiting, email: anAddress() })).resolves.toMatchObject({
    kind: 'started',
  });
  expect((await client.view(waiting)).status).toBe('requesting-access');
});

test('an onboarding that ends while it is described ends the following too', async () => {
  const [ready, email] = [aReference(), anAddress()];
  testEnv.simulator.createAccount({ email, attached: true, confirmed: '1', cgu: '1' });
  await client.start({ reference: ready, email, emailVerified: true });
  let stopWorker: (() => Promise<void>) | undefined;
  const intercepting = interceptingClient(testEnv, {
    async beforeQuery() {
      stopWorker = await testEnv.startWorker();
      await client.result(ready);
    },
  });
  const views = await all(intercepting.follow(ready));
  await stopWorker?.();
  // A busy machine needs longer for this than the client waits: then a view without details precedes it.
  expect(views.at(-1)?.status).toBe('ready');
});

test('an update fails with NoWorkerError within the time limit', async () => {
  await expect(client.remind(reference)).rejects.toThrow(NoWorkerError);
});

describe('without a Temporal server', () => {
  let connection: Connection;

  beforeAll(async () => {
    connection = Connection.lazy({ address: `127.0.0.1:${await freePort()}` });
  });

  afterAll(async () => {
    await connection.close();
  });

  test('every call fails with TemporalUnavailableError within the time limit', async () => {
    const lost = new OnboardingClient({
      temporal: new Client({ connection, dataConverter }),
      hashKey: HASH_KEY,
    });
    const calls = [
      lost.start({ reference: 'x', email: anAddress() }),
      lost.view('x'),
      lost.remind('x'),
      lost.check('x'),
      all(lost.list()),
    ];
    const failures = await Promise.allSettled(calls);
    expect(failures.map((one): unknown => one.status === 'rejected' && one.reason)).toEqual(
      calls.map(() => expect.any(TemporalUnavailableError)),
    );
  });
});
