/** Callers that hold resources and do not release them: no Temporal is needed for that. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { freePort } from '../../../devserver/port.ts';
import { assertPortFree } from '../../../devserver/index.ts';
import { startGatewayUnderTest, type GatewayUnderTest } from '../gateway.ts';
import { sendRaw } from './raw.ts';
import { dataConverter } from '../../support/encryption.ts';

const connection = Connection.lazy({ address: '127.0.0.1:1' });
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(new Client({ connection, dataConverter }));
});

afterAll(() => connection.close());

test('many callers that load the largest file and do not read it share one copy', async () => {
  const path = '/docs/js/scalar.js';
  const first = await fetch(new URL(path, gateway.url));
  const megabytes = (await first.arrayBuffer()).byteLength / 1e6;
  expect(megabytes).toBeGreaterThan(1);
  const readers = 100;
  const before = process.memoryUsage.rss();
  const sockets = Array.from({ length: readers }, () => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    return socket;
  });
  // Each has its first bytes, so all the others wait for it.
  await Promise.all(sockets.map((socket) => once(socket, 'readable')));
  const more = (process.memoryUsage.rss() - before) / 1e6;
  for (const socket of sockets) socket.destroy();
  expect(more).toBeLessThan((readers * megabytes) / 5);
});

test('many requests for readiness at once make one call to Temporal', async () => {
  const { onboardings } = gateway;
  let pings = 0;
  const counting = await startGatewayUnderTest(new Client({ connection, dataConverter }), {
    onboardings: Object.assign(Object.create(onboardings) as typeof onboardings, {
      ping: () => {
        pings += 1;
        return new Promise<void>((resolve) => setImmediate(resolve));
      },
    }),
  });
  // In one piece, so that all of them arrive before the first is answered.
  const ready = 'GET /ready HTTP/1.1\r\nHost: x\r\n';
  const many = `${ready}\r\n`.repeat(49) + `${ready}Connection: close\r\n\r\n`;
  expect(await sendRaw(counting.url, many)).toMatchObject({ status: 200, answers: 50 });
  expect(pings).toBeLessThan(5);
});

test('if the metrics cannot be served, no other port is opened', async () => {
  const taken = Number(new URL(gateway.url).port);
  const port = await freePort();
  const half = startGatewayUnderTest(new Client({ connection, dataConverter }), {
    port,
    metricsAddress: { host: '127.0.0.1', port: taken },
  });
  await expect(half).rejects.toThrow(/EADDRINUSE/);
  await expect(assertPortFree(port, 'the gateway', '--gateway-port')).resolves.toBeUndefined();
});
