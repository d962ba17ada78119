/** AR24 bans a caller with too many calls: several workers share one limit, and use all of it. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createServer } from 'node:http';
import { once } from 'node:events';
import proto from '@temporalio/proto';
import { NativeConnection } from '@temporalio/worker';
import { Ar24Client } from '../../ar24/index.ts';
import { OnboardingClient } from '../../client/index.ts';
import { createOnboardingWorker } from '../../worker/index.ts';
import { createShare, shareOf } from '../../worker/rate-share.ts';
import { AR24_TASK_QUEUE } from '../../workflows/contract/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { dataConverter } from '../support/encryption.ts';
import { eventually } from '../support/eventually.ts';
import { workflowBundle } from '../support/temporal.ts';

const { TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

describe('shares', () => {
  test('add up to the limit, and never more', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 500, noNaN: true }), fc.nat(20), (most, others) => {
        const workers = others + 1;
        const shares = Array.from({ length: workers }, (_, rank) => shareOf(most, workers, rank));
        const perSecond = shares.reduce((sum, { calls, perMs }) => sum + (calls * 1000) / perMs, 0);
        expect(perSecond).toBeLessThanOrEqual(most * (1 + 1e-9));
        expect(perSecond).toBeGreaterThanOrEqual(Math.floor(most) * (1 - 1e-9));
        for (const { calls } of shares) expect(calls).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

const testEnv = useDevelopmentServer();
const LIMIT = 6;

/** A proxy of the simulator that records when each call arrived. */
async function timedAr24() {
  const times: number[] = [];
  const server = createServer((request, response) => {
    times.push(performance.now());
    const { method = 'GET', url = '', headers } = request;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void fetch(new URL(url, testEnv.simulator.apiUrl), {
        method,
        headers: {
          signature: String(headers['signature']),
          ...(headers['content-type'] && { 'content-type': headers['content-type'] }),
        },
        ...(method !== 'GET' && { body: Buffer.concat(chunks) }),
      }).then(async (answer) => response.writeHead(answer.status).end(await answer.text()));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    times,
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    close: () => {
      server.close().closeAllConnections();
    },
  };
}

test('two workers together keep to the limit, though each of their tasks makes two calls', async () => {
  const ar24 = await timedAr24();
  const { token, privateKey } = testEnv.simulator;
  const connections = await Promise.all(
    [1, 2].map(() => NativeConnection.connect({ address: testEnv.server.address })),
  );
  const workers = await Promise.all(
    connections.map(async (connection) =>
      createOnboardingWorker({
        dataConverter,
        connection,
        namespace: 'default',
        ar24: new Ar24Client({ baseUrl: ar24.apiUrl, token, privateKey }),
        settings: {
          termsProof: 'field',
          termsMail: 'request',
          preAcceptTerms: false,
          preConfirmEmail: false,
          paymentRequest: 'mail',
        },
        maxCallsPerSecond: LIMIT,
        workflowBundle: await workflowBundle(),
        activatePatches: 'all',
      }),
    ),
  );
  const runs = workers.map((worker) => worker.run());
  const client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  const references = Array.from({ length: 15 }, aReference);
  await Promise.all(references.map((reference) => client.start({ reference, email: anAddress() })));
  await Promise.all(
    references.map((reference) => reaches(client, reference, 'awaiting-registration')),
  );
  const { times } = ar24;
  expect(times.length).toBeGreaterThanOrEqual(30);
  // A second may contain the end of one span and the start of the next if a call was delayed on its
  // way.
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  expect(spanMs).toBeGreaterThan((times.length / LIMIT - 1) * 1_000 - 200);
  // The server starts as many tasks a second as there may be calls: a poll is one call.
  const { pollers } = await eventually(
    'both seen',
    () =>
      testEnv.temporal.workflowService.describeTaskQueue({
        namespace: 'default',
        taskQueue: { name: AR24_TASK_QUEUE },
        taskQueueType: TASK_QUEUE_TYPE_ACTIVITY,
      }),
    (queue) => queue.pollers.length === 2,
  );
  expect(pollers.map(({ ratePerSecond }) => ratePerSecond)).toEqual([LIMIT, LIMIT]);
  // Each has half of the limit: a process counts once, though its workers poll under different
  // identities.
  const shares = await Promise.all(
    connections.map((connection, n) =>
      eventually(
        'a share',
        createShare(connection, 'default', pollers[n]?.identity ?? '', LIMIT),
        (share) => share !== undefined,
      ),
    ),
  );
  expect(shares).toEqual([1, 2].map(() => ({ calls: LIMIT / 2, perMs: 1_000 })));
  for (const worker of workers) worker.shutdown();
  await Promise.all(runs);
  for (const connection of connections) await connection.close();
  ar24.close();
});
