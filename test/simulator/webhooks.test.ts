/** Webhooks follow AR24's schedule (docs/ar24-api.md 8), by a clock that tests set. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { timeoutMs } from '../../simulator/webhooks/outbox.ts';
import { Clock, useStage } from './stage.ts';

interface Received {
  readonly type: string | undefined;
  readonly body: string;
}

/** The partner's server. */
const partner: {
  app?: FastifyInstance;
  url: string;
  status: number;
  received: Received[];
  arrived?: () => void;
} = {
  url: '',
  status: 200,
  received: [],
};

beforeEach(async () => {
  const app = Fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  app.post<{ Body: string }>('/hook', (request, reply) => {
    partner.received.push({ type: request.headers['content-type'], body: request.body });
    partner.arrived?.();
    return reply.code(partner.status).send();
  });
  partner.app = app;
  partner.status = 200;
  partner.received = [];
  partner.url = `${await app.listen({ port: 0 })}/hook`;
});

afterEach(async () => {
  await partner.app?.close();
});

const QUARTER = 15 * 60_000;

/** Requests access to an account and grants it. */
async function grants(simulator: Simulator, email = 'a@example.org'): Promise<void> {
  simulator.createAccount({ email, access: 'asked' });
  const link = await linkTo(simulator, email);
  await simulator.follow(link);
}

/** Calls AR24 over HTTP, as a partner does. */
async function linkTo(simulator: Simulator, email: string): Promise<string> {
  simulator.setSwitches({ requireSignature: false });
  const body = new URLSearchParams({ token: simulator.token, email });
  await fetch(`${simulator.apiUrl}user/request_access`, { method: 'POST', body });
  return simulator.mailbox()[0]?.links.accept ?? '';
}

const on = useStage();

describe('a webhook', () => {
  it('is off unless an address is set', async () => {
    await grants(on.simulator);
    await on.simulator.tickWebhooks();
    expect(partner.received).toEqual([]);
  });

  it('has the account and its new state, URL-encoded', async () => {
    on.simulator.setSwitches({ webhookUrl: partner.url });
    await grants(on.simulator);
    await on.simulator.tickWebhooks();
    expect(partner.received).toEqual([
      {
        type: expect.stringContaining('application/x-www-form-urlencoded'),
        body: 'id_user=1001&new_state=access_granted',
      },
    ]);
    expect(on.simulator.ledger().webhooks).toMatchObject([
      { attempt: 1, accountId: '1001', state: 'access_granted', outcome: 200 },
    ]);
  });

  it('is sent by itself, at once', async () => {
    on.simulator.setSwitches({ webhookUrl: partner.url });
    const arrival = new Promise<void>((resolve) => {
      partner.arrived = resolve;
    });
    await grants(on.simulator);
    await arrival;
    expect(partner.received).toHaveLength(1);
  });

  it('has JSON and other fields if switched', async () => {
    on.simulator.setSwitches({
      webhookUrl: partner.url,
      webhookEncoding: 'json',
      webhookFields: { user: 'email', event: 'state', at: 'date' },
    });
    await grants(on.simulator);
    await on.simulator.tickWebhooks();
    expect(partner.received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { user: 'a@example.org', event: 'access_granted', at: '2026-06-15 10:00:00' },
    ]);
  });

  it('is sent only for the chosen states, and not for changes by hand', async () => {
    on.simulator.setSwitches({ webhookUrl: partner.url, webhookStates: ['terms_accepted'] });
    await grants(on.simulator);
    on.simulator.updateAccount('1001', { cgu: 0 });
    on.simulator.updateAccount('1001', { cgu: 1 });
    await on.simulator.tickWebhooks();
    expect(partner.received).toEqual([]);
  });
});

describe('a webhook that the partner does not accept', () => {
  it('is repeated every 15 minutes, 48 times in all, and then no more', async () => {
    partner.status = 500;
    on.simulator.setSwitches({ webhookUrl: partner.url });
    await grants(on.simulator);
    await on.simulator.tickWebhooks();
    on.clock.forward(QUARTER - 1);
    await on.simulator.tickWebhooks();
    expect(partner.received).toHaveLength(1);
    on.clock.forward(1);
    await on.simulator.tickWebhooks();
    expect(partner.received).toHaveLength(2);
    for (let n = 0; n < 60; n += 1) {
      on.clock.forward(QUARTER);
      await on.simulator.tickWebhooks();
    }
    expect(partner.received).toHaveLength(48);
    expect(on.simulator.ledger().webhooks.at(-1)).toMatchObject({ attempt: 48, outcome: 500 });
  });

  it('is repeated on a redirect and on any 2xx but 200', async () => {
    on.simulator.setSwitches({ webhookUrl: partner.url });
    partner.status = 302;
    await grants(on.simulator);
    await on.simulator.tickWebhooks();
    partner.status = 204;
    on.clock.forward(QUARTER);
    await on.simulator.tickWebhooks();
    partner.status = 200;
    on.clock.forward(QUARTER);
    await on.simulator.tickWebhooks();
    on.clock.forward(QUARTER);
    await on.simulator.tickWebhooks();
    expect(on.simulator.ledger().webhooks.map(({ outcome }) => outcome)).toEqual([302, 204, 200]);
  });

  it('is recorded as unreachable if no server listens', async () => {
    await partner.app?.close();
    on.simulator.setSwitches({ webhookUrl: partner.url });
    await grants(on.simulator);
    await on.simulator.tickWebhooks();
    expect(on.simulator.ledger().webhooks).toMatchObject([{ outcome: 'unreachable' }]);
  });

  it('has a longer time limit from attempt to attempt', () => {
    expect([1, 9, 10, 19, 20, 29, 30, 39, 40, 48].map(timeoutMs)).toEqual([
      2500, 2500, 4500, 4500, 6500, 6500, 8500, 8500, 11_000, 11_000,
    ]);
  });

  it('survives a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    const stateFile = join(folder, 'state.json');
    const clock = new Clock();
    const options = { port: 0, stateFile, now: clock.read, switches: { webhookUrl: partner.url } };
    partner.status = 500;
    const before = await startSimulator(options);
    await grants(before);
    await before.tickWebhooks();
    await before.stop();
    partner.status = 200;
    clock.forward(QUARTER);
    const after = await startSimulator(options);
    await after.tickWebhooks();
    expect(after.ledger().webhooks.map(({ outcome }) => outcome)).toEqual([500, 200]);
    await after.stop();
    await rm(folder, { recursive: true });
  });
});
