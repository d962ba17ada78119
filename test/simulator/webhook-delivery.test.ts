/** One attempt of a webhook: its time limit, and a reset meanwhile. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send } from '../../simulator/webhooks/send.ts';
import { useStage } from './stage.ts';

const on = useStage();

/** Accepts every call and answers none by itself. */
const partner: { server: Server; url: string } = { server: createServer(), url: '' };

beforeEach(async () => {
  partner.server = createServer();
  partner.server.listen(0, '127.0.0.1');
  await once(partner.server, 'listening');
  partner.url = `http://127.0.0.1:${(partner.server.address() as AddressInfo).port}/hook`;
});

afterEach(() => {
  partner.server.closeAllConnections();
  partner.server.close();
});

const sending = (signal = new AbortController().signal) =>
  send({ url: partner.url, encoding: 'urlencoded', fields: { a: 'b' }, timeoutMs: 50, signal });

it('an attempt without an answer in time has failed', async () => {
  expect(await sending()).toBe('timeout');
});

it('a simulator that stops does not wait for its partner', async () => {
  const stop = new AbortController();
  const attempt = sending(stop.signal);
  stop.abort();
  expect(await attempt).toBe('unreachable');
});

it('an attempt in flight during a reset is not recorded', async () => {
  on.simulator.setSwitches({ webhookUrl: partner.url });
  on.simulator.createAccount({ email: 'a@example.org' });
  await on.client.post('user/request_access', { email: 'a@example.org' });
  const called = once(partner.server, 'request');
  await on.simulator.follow(on.simulator.mailbox()[0]?.id ?? '');
  const [, answer] = (await called) as [unknown, ServerResponse];
  const underWay = on.simulator.tickWebhooks();
  await on.simulator.reset();
  answer.writeHead(500).end();
  await underWay;
  expect(on.simulator.ledger()).toEqual({ effects: [], calls: {}, webhooks: [] });
  on.clock.forward(15 * 60_000);
  await on.simulator.tickWebhooks();
  expect(on.simulator.ledger().webhooks).toEqual([]);
});
