/** Calls that the gateway refuses, a gateway that does not reach Temporal, and gateway and exporter stopped. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { layWire } from '../../harm/wire.ts';
import { pause } from '../../pause.ts';
import { API_KEY, WEBHOOK_SECRET } from '../../stage/keys.ts';
import { play, type Played } from '../incident.ts';
import { repeat, statusOf, type Repeated } from '../sign-ups.ts';
import { startStack, type GameDay, type Stack } from '../stack.ts';

const FORMER_ADDRESS = '192.0.2.10';
const NEW_ADDRESS = '192.0.2.20';
const secret = (what: string): string =>
  `whsec_${Buffer.from(`${what} of the game day, 32 bytes`).toString('base64')}`;
const [FORMER_SECRET, NEW_SECRET] = [secret('former'), secret('latest')];
const CALLS = 30;
/** Between two scrapes, as a source delivers what had gathered. */
const BURST_EVERY_MS = 100;
const CALL_EVERY_MS = 2_000;

export async function gateway(game: GameDay): Promise<readonly Played[]> {
  const sources = join(game.folder, 'event-sources.json');
  await writeFile(sources, JSON.stringify({ sources: [CRM] }));
  const wire = await layWire(game.temporal.address);
  const stack = await startStack(game, {
    name: 'gateway',
    gateway: {
      TEMPORAL_ADDRESS: wire.address,
      ONBOARDING_EVENT_SOURCES: sources,
      CRM_EVENT_SECRETS: FORMER_SECRET,
      ONBOARDING_TRUSTED_PROXIES: '127.0.0.1',
      ONBOARDING_AR24_WEBHOOK_ADDRESSES: FORMER_ADDRESS,
    },
  });
  const reading = readAllTheTime(stack);
  try {
    await stack.onboard(3);
    const refused = await Promise.all([webhooks(stack), signatures(stack)]);
    const away = await Promise.all([
      play(stack, {
        alerts: ['GatewayErrors'],
        how: 'the gateway was cut off from Temporal, while programs read through the API',
        begin() {
          wire.cut();
          return Promise.resolve();
        },
        checks: [
          {
            query:
              'sum by (route, status) (rate(onboarding_gateway_request_seconds_count[5m])) > 0',
          },
          { query: 'increase(onboarding_gateway_temporal_unavailable_total[5m])' },
          { get: `${stack.gatewayUrl}/ready` },
          { onboard: ['doctor'] },
          { log: stack.gateway, with: 'Temporal cannot be used' },
        ],
        act() {
          wire.mend();
          return Promise.resolve();
        },
        verify: [{ get: `${stack.gatewayUrl}/ready` }],
        within: { fire: 15, end: 15 },
      }),
      play(stack, {
        alerts: ['ExporterStale'],
        how: 'the exporter stopped',
        begin: () => stack.exporter.stop(),
        checks: [{ get: `${stack.exporterUrl}/ready` }, { onboard: ['list', '--stuck'] }],
        act() {
          stack.exporter.start();
          return Promise.resolve();
        },
        verify: [{ get: `${stack.exporterUrl}/ready` }],
        within: { fire: 20, end: 10 },
      }),
    ]);
    return [...refused, ...away, await gone(stack)];
  } finally {
    await reading.stop();
    await stack.stop();
    wire.close();
  }
}

function gone(stack: Stack): Promise<Played> {
  const { gateway: only, gatewayUrl } = stack;
  const up = { query: 'up{job="onboarding-gateway"}' };
  return play(stack, {
    alerts: ['NoGateway'],
    how: 'the only gateway stopped, and nothing started it again',
    begin: () => only.stop(),
    checks: [up, { get: `${gatewayUrl}/live` }, { onboard: ['doctor'] }],
    async act() {
      only.start();
      await stack.gatewayReady();
    },
    verify: [up, { get: `${gatewayUrl}/live` }],
    within: { fire: 10, end: 5 },
  });
}

function webhooks(stack: Stack): Promise<Played> {
  const url = `${stack.gatewayUrl}/webhooks/ar24/${WEBHOOK_SECRET}`;
  const call = () =>
    statusOf(url, {
      method: 'POST',
      headers: { 'x-forwarded-for': NEW_ADDRESS },
      body: new URLSearchParams({ email: 'somebody@example.org' }).toString(),
    });
  return play(stack, {
    alerts: ['WebhooksRefused'],
    how: `AR24 called from an address that is not in ONBOARDING_AR24_WEBHOOK_ADDRESSES, ${CALLS} times in some seconds`,
    begin: () => again(CALLS, BURST_EVERY_MS, call),
    checks: [{ log: stack.gateway, with: 'webhook' }],
    async act() {
      const addresses = `${FORMER_ADDRESS},${NEW_ADDRESS}`;
      await stack.gateway.deploy({
        ONBOARDING_AR24_WEBHOOK_ADDRESSES: addresses,
        CRM_EVENT_SECRETS: `${NEW_SECRET},${FORMER_SECRET}`,
      });
      await stack.gatewayReady();
      await again(3, CALL_EVERY_MS, call);
    },
    verify: [{ query: 'onboarding_gateway_webhooks_total' }],
    within: { fire: 5, end: 20 },
  });
}

function signatures(stack: Stack): Promise<Played> {
  const send = () => {
    const body = JSON.stringify({ type: 'customer.seen', data: { number: 'customer-9' } });
    const [id, at] = [randomUUID(), new Date()];
    return statusOf(`${stack.gatewayUrl}/events/crm`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(NEW_SECRET).sign(id, at, body),
      },
      body,
    });
  };
  return play(stack, {
    alerts: ['SignaturesRefused'],
    how: `a source of events signed with another secret, ${CALLS} times in some seconds`,
    begin: () => again(CALLS, BURST_EVERY_MS, send),
    checks: [
      { log: stack.gateway, with: '"source"' },
      { query: 'sum by (source, why) (onboarding_gateway_signatures_refused_total) > 0' },
    ],
    // The gateway has both settings from its deployment above.
    async act() {
      await pause(CALL_EVERY_MS);
      await stack.gatewayReady();
      await again(3, CALL_EVERY_MS, send);
    },
    verify: [{ query: 'onboarding_gateway_events_total > 0' }],
    within: { fire: 5, end: 20 },
  });
}

const CRM = {
  name: 'crm',
  secretsFrom: 'CRM_EVENT_SECRETS',
  fields: { type: '$.type', reference: '$.data.number', email: '$.data.email' },
  events: { start: ['customer.registered'] },
};

async function again(times: number, everyMs: number, call: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < times; n++) {
    await call();
    await pause(everyMs);
  }
}

/** Programs that read the state of a sender: the gateway always has requests. */
function readAllTheTime({ gatewayUrl }: Stack): Repeated {
  const headers = { authorization: `Bearer ${API_KEY}` };
  return repeat(CALL_EVERY_MS, () =>
    statusOf(`${gatewayUrl}/onboardings/customer-00001`, { method: 'GET', headers }),
  );
}
