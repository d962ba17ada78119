/** AR24's webhooks, sent by the simulator over real HTTP to a gateway with a real Temporal. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { fieldReader } from '../../../client/payloads.ts';
import { aReference, anAddress, reaches } from '../../client/onboardings.ts';
import { useDevelopmentServer } from '../../client/development-server.ts';
import { eventually } from '../../support/eventually.ts';
import { registrationForm } from '../../support/people.ts';
import type { Simulator } from '../../../simulator/index.ts';
import { workflowIdOf } from '../../../workflows/contract/index.ts';
import { startGatewayUnderTest, type GatewayUnderTest } from '../gateway.ts';

const [FORMER, PRESENT] = [randomBytes(24), randomBytes(24)].map((one) =>
  one.toString('base64url'),
);
const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal, {
    trustedProxies: ['127.0.0.1'],
    ar24Webhooks: {
      secrets: [String(PRESENT), String(FORMER)],
      allowedAddresses: ['127.0.0.1', '185.183.140.195'],
    },
  });
});

const path = (secret: unknown): string => `/webhooks/ar24/${String(secret)}`;

const post = (body: string, headers: Record<string, string> = {}, secret: unknown = PRESENT) =>
  gateway.call('POST', path(secret), {
    body,
    key: null,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

/** The hints in the timeline of an onboarding. */
async function checksOf(reference: string): Promise<readonly unknown[]> {
  const id = workflowIdOf(reference);
  const { events } = await here.temporal.workflow.getHandle(id).fetchHistory();
  const checks = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
    signal?.signalName === 'check' ? [signal.input?.payloads] : [],
  );
  const read = fieldReader(here.temporal, id);
  return Promise.all(checks.map(async (payloads) => (await read(payloads))['by']));
}

/** Search lags behind, so the webhook is sent again, as AR24 may do. */
async function hintUntilFound(reference: string, body: string): Promise<void> {
  await eventually(
    'hinted',
    async () => {
      expect((await post(body)).status).toBe(200);
      return checksOf(reference);
    },
    (checks) => checks.length > 0,
  );
}

describe('callers', () => {
  test('a wrong secret is a page that does not exist; each right one is accepted, and none is logged', async () => {
    const nothing = await gateway.call('POST', '/nothing/here', { body: {} });
    for (const wrong of ['x', `${String(PRESENT)}x`, '__proto__', 'a'.repeat(1_000), '%00']) {
      const answer = await post('id_user=1', {}, wrong);
      expect({ ...answer.json, instance: 0 }).toEqual({ ...nothing.json, instance: 0 });
      expect(answer.status).toBe(404);
    }
    for (const right of [PRESENT, FORMER]) {
      expect(await post('id_user=1', {}, right)).toMatchObject({ status: 200, json: {} });
      expect((await gateway.call('GET', path(right))).status).toBe(404);
    }
    expect(gateway.logged()).not.toContain(String(PRESENT));
    expect(gateway.logged()).not.toContain(String(FORMER));
    expect(gateway.logged()).toContain('"route":"/webhooks/ar24/:secret"');
  });

  test('only the allowed addresses are accepted, as reported by the declared proxy', async () => {
    const from = (address: string) => post('id_user=1', { 'x-forwarded-for': address });
    expect((await from('185.183.140.195')).status).toBe(200);
    expect(await from('203.0.113.7')).toMatchObject({
      status: 403,
      json: { code: 'address-refused' },
    });
    // What the caller wrote comes before what the proxy has added.
    expect((await from('185.183.140.195, 203.0.113.7')).status).toBe(403);
    const wrongSecret = await post('', { 'x-forwarded-for': '203.0.113.7' }, 'x');
    expect(wrongSecret.status).toBe(403);
  });
});

describe('without a worker', () => {
  test('a hint is durable, also by the address, in every format of the body', async () => {
    const [reference, email] = [aReference(), anAddress()];
    await gateway.onboardings.start({ reference, email });
    await hintUntilFound(reference, `email=${encodeURIComponent(email.toUpperCase())}`);
    const before = await checksOf(reference);
    expect(before[0]).toBe('ar24-webhook');
    const json = JSON.stringify({ user: { id: 5, email } });
    for (const type of ['application/json', 'text/plain', 'multipart/form-data', 'nonsense']) {
      await eventually(
        `hinted as ${type}`,
        async () => {
          const { status } = await post(json, { 'content-type': type });
          return { status, checks: await checksOf(reference) };
        },
        ({ status, checks }) => status === 200 && checks.length > before.length,
      );
    }
    expect(gateway.logged()).not.toContain(email);
    expect(gateway.logged()).toContain(
      '"fields":["user.id","user.email"],"by":{"accountId":true,"address":true}',
    );
  });

  test('unknown ids, letters, and bodies without an account are 200', async () => {
    for (const body of [
      'id_user=999999',
      'id_mail=1&new_state=sent',
      '',
      '{',
      'id_user=%27',
      'email=@',
    ]) {
      expect(await post(body)).toMatchObject({ status: 200, json: {} });
    }
    expect(await post('x'.repeat(70_000))).toMatchObject({ status: 413 });
  });

  test("a remembered onboarding that has ended gets no hint, and the person's next one does", async () => {
    const [first, second, email] = [aReference(), aReference(), anAddress()];
    const body = `email=${encodeURIComponent(email)}`;
    await gateway.onboardings.start({ reference: first, email });
    await hintUntilFound(first, body);
    await here.temporal.workflow.getHandle(workflowIdOf(first)).terminate();
    await gateway.onboardings.start({ reference: second, email });
    await hintUntilFound(second, body);
    expect(await checksOf(second)).toHaveLength(1);
  });
});

describe('with a worker', () => {
  test.each<Parameters<Simulator['setSwitches']>[0]>([
    { webhookFields: { id_user: 'id', new_state: 'state' } },
    {
      webhookEncoding: 'json',
      webhookFields: { email: 'email', event: 'state' },
      webhookStates: ['terms_accepted'],
    },
  ])('a change at the simulator is seen at once, long before the next poll: %j', async (form) => {
    const [reference, email] = [aReference(), anAddress()];
    const { simulator } = here;
    const stopWorker = await here.startWorker();
    try {
      simulator.setSwitches({
        webhookUrl: gateway.url + path(FORMER),
        ...form,
      });
      await gateway.onboardings.start({ reference, email, registration: registrationForm() });
      const { accountId } = await reaches(gateway.onboardings, reference, 'awaiting-email');
      expect(accountId).not.toBeNull();
      // Search shows the account a moment later.
      await eventually(
        'found by its account',
        () => gateway.onboardings.openOf([{ accountId: accountId ?? '' }]),
        ([found]) => found?.includes(reference) === true,
      );
      const mails = simulator.mailbox().filter(({ to }) => to === email);
      for (const { id } of mails) await simulator.follow(id);
      await simulator.tickWebhooks();
      await reaches(gateway.onboardings, reference, 'ready');
      expect(await checksOf(reference)).not.toEqual([]);
      const outcomes = simulator.ledger().webhooks.map(({ outcome }) => outcome);
      expect(new Set(outcomes)).toEqual(new Set([200]));
    } finally {
      await stopWorker();
    }
  });
});

test('without Temporal, AR24 is asked to call again', async () => {
  await here.server.stop();
  const answer = await post('id_user=4711');
  expect(answer).toMatchObject({ status: 503, json: { code: 'temporal-unavailable' } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await post('id_mail=4711')).status).toBe(200);
});
