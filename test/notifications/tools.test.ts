/** The partner's tools: a test of the receiver, the log of deliveries, another delivery; by API and command. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listGivenUp } from '../../client/given-up-notifications.ts';
import { notificationsIdOf } from '../../workflows/contract/index.ts';
import { aReference, anAddress } from '../client/onboardings.ts';
import { jsonIn, jsonLinesIn, useRunningSystem } from '../cli/running-system.ts';
import { keyFor, startGatewayUnderTest, type GatewayUnderTest } from '../gateway/gateway.ts';
import { eventually } from '../support/eventually.ts';
import { PartnerServer } from './partner.ts';

const here = useRunningSystem();
let partner: PartnerServer;
let gateway: GatewayUnderTest;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  partner = await PartnerServer.listen();
  stopWorker = await here.testEnv.startWorker({
    policy: { notify: true },
    notify: partner.settings,
  });
  gateway = await startGatewayUnderTest(here.testEnv.temporal);
});

afterAll(() => partner.close());

interface Logged {
  readonly sequence: number;
  readonly state: string;
}

const logOf = async (reference: string) => {
  const { json } = await gateway.call('GET', `/onboardings/${reference}/notifications`);
  return (json['deliveries'] ?? []) as readonly Logged[];
};
const logged = (reference: string, holds: (log: readonly Logged[]) => boolean) =>
  eventually('logged', () => logOf(reference), holds);
const redeliver = (reference: string, body?: object) =>
  gateway.call('POST', `/onboardings/${reference}/notifications/redeliver`, { body });

async function cancelled(reference: string): Promise<readonly Logged[]> {
  await gateway.call('PUT', `/onboardings/${reference}`, { body: { email: anAddress() } });
  await logged(reference, ([newest]) => newest?.state === 'delivered');
  await gateway.call('POST', `/onboardings/${reference}/cancellation`, { body: { reason: 'no' } });
  return logged(
    reference,
    (log) => log[0]?.state === 'delivered' && JSON.stringify(log[0]).includes('"cancelled"'),
  );
}

test('a test event shows the address, the answer and the duration, and no secret part of the address', async () => {
  const url = new URL(partner.settings.url).origin;
  const answer = { kind: 'answered', url, status: 204, accepted: true };
  const tested = await gateway.call('POST', '/notifications/test');
  expect(tested).toMatchObject({ status: 200, json: answer });
  expect(tested.json['milliseconds']).toEqual(expect.any(Number));
  expect(partner.events.at(-1)).toMatchObject({ type: 'onboarding.test' });
  const accepted = await here.onboard(['notify', 'test']);
  expect(accepted).toMatchObject({
    code: 0,
    out: expect.stringMatching(/answered HTTP 204 after \d+ ms/),
  });
  partner.status = 503;
  const refused = await here.onboard(['notify', 'test', '--json']);
  partner.status = 204;
  expect(refused.code).toBe(7);
  expect(jsonIn(refused.out)).toMatchObject({ kind: 'answered', status: 503 });
  expect(tested.text + accepted.out + refused.out).not.toMatch(/hidden-key|hooks/);
});

test('the log has each delivery with its answer, newest first, and nothing personal', async () => {
  const reference = aReference();
  const log = await cancelled(reference);
  expect(log[0]).toEqual({
    type: 'onboarding.updated',
    sequence: expect.any(Number),
    timestamp: expect.any(String),
    status: 'cancelled',
    state: 'delivered',
    beganAt: expect.any(String),
    endedAt: expect.any(String),
    attempts: 1,
    answer: 'HTTP 204',
    nextAttempt: null,
  });
  const sequences = log.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...sequences].sort((a, b) => b - a));
  const { out } = await here.onboard(['notify', 'log', reference]);
  expect(out).toMatch(/onboarding\.updated \d+ \(cancelled\) {2}delivered, 1 attempt: HTTP 204/);
  const { out: json } = await here.onboard(['notify', 'log', reference, '--json']);
  expect(jsonLinesIn(json)).toEqual(log);
  expect(json).not.toMatch(/example\.org|@|masked/);
});

test('what waits shows why and when it is attempted next; delivered again it is the same message', async () => {
  const reference = aReference();
  const before = await cancelled(reference);
  const newest = before[0]?.sequence ?? 0;
  const oldest = before.at(-1)?.sequence ?? 0;
  const received = (sequence: number) =>
    partner.tries.filter((one) => one.sequence === sequence && one.view.reference === reference);
  partner.status = 500;
  expect(await redeliver(reference)).toMatchObject({
    status: 202,
    json: { reference, type: 'onboarding.updated', sequence: newest },
  });
  const waiting = await logged(reference, ([one]) => JSON.stringify(one).includes('HTTP 500'));
  expect(waiting[0]).toMatchObject({
    sequence: newest,
    state: 'delivering',
    answer: expect.stringMatching(/^localhost did not accept the notification: HTTP 500$/),
    nextAttempt: expect.any(String),
  });
  partner.status = 204;
  const again = await here.onboard(['notify', 'redeliver', reference, '--json']);
  expect(jsonIn(again.out)).toEqual({ reference, type: 'onboarding.updated', sequence: newest });
  await logged(reference, ([one]) => one?.state === 'delivered');
  const sequence = String(oldest);
  expect(
    (await here.onboard(['notify', 'redeliver', reference, '--sequence', sequence])).code,
  ).toBe(0);
  await eventually(
    'received again',
    () => Promise.resolve(received(oldest).length),
    (n) => n > 1,
  );
  for (const tries of [received(newest), received(oldest)]) {
    expect(new Set(tries.map(({ id, body }) => id + body)).size).toBe(1);
  }
});

test('the references whose newest notification was given up are listed, until it is delivered again', async () => {
  const { temporal } = here.testEnv;
  const lists = async (reference: string) => {
    for await (const one of listGivenUp(temporal, '1ms')) {
      if (one.reference === reference) return one;
    }
    return undefined;
  };
  const reference = aReference();
  await cancelled(reference);
  partner.status = 503;
  await redeliver(reference);
  await logged(reference, ([one]) => JSON.stringify(one).includes('HTTP 503'));
  // Nothing is delivered by a run that has ended: the log shows it as after three days without success.
  await temporal.workflow.getHandle(notificationsIdOf(reference)).terminate();
  const listed = await eventually(
    'listed',
    () => lists(reference),
    (one) => one !== undefined,
  );
  expect(listed).toMatchObject({ status: 'cancelled', state: 'given-up' });
  expect(JSON.stringify(listed)).not.toMatch(/example\.org|@|masked/);
  partner.status = 204;
  await redeliver(reference);
  await logged(reference, ([one]) => one?.state === 'delivered');
  expect(await lists(reference)).toBeUndefined();
  // No run here has lasted for days.
  const command = await here.onboard(['notify', 'given-up']);
  expect(command).toMatchObject({ code: 0, out: '', err: 'no notification was given up\n' });
});

test('without a worker the log is read and another delivery is durable', async () => {
  const reference = aReference();
  await cancelled(reference);
  await stopWorker();
  expect(await logOf(reference)).not.toEqual([]);
  expect((await redeliver(reference, {})).status).toBe(202);
  const before = partner.tries.length;
  stopWorker = await here.testEnv.startWorker({
    policy: { notify: true },
    notify: partner.settings,
  });
  await eventually(
    'delivered',
    () => Promise.resolve(partner.tries.length),
    (n) => n > before,
  );
});

test('what does not exist is refused, and so is a key without the scope', async () => {
  const unknown = aReference();
  for (const answer of [
    await gateway.call('GET', `/onboardings/${unknown}/notifications`),
    await redeliver(unknown),
  ]) {
    expect(answer).toMatchObject({ status: 404, json: { code: 'onboarding-not-found' } });
  }
  expect((await here.onboard(['notify', 'log', unknown])).code).toBe(3);
  const known = aReference();
  await cancelled(known);
  expect(await redeliver(known, { sequence: 1 })).toMatchObject({
    status: 404,
    json: { code: 'notification-not-found' },
  });
  expect((await here.onboard(['notify', 'redeliver', known, '--sequence', '1'])).code).toBe(3);
  expect((await here.onboard(['notify', 'redeliver', known, '--sequence', '1.5'])).code).toBe(2);
  expect(await redeliver(known, { sequence: '7' })).toMatchObject({
    status: 400,
    json: { errors: [{ pointer: '/sequence' }] },
  });
  const key = keyFor('read');
  const path = `/onboardings/${known}/notifications`;
  expect((await gateway.call('GET', path, { key })).status).toBe(200);
  expect((await gateway.call('POST', `${path}/redeliver`, { key })).status).toBe(403);
  expect((await gateway.call('POST', '/notifications/test', { key })).status).toBe(403);
});

test('an onboarding without a notification has an empty log, and its erasure deletes the log', async () => {
  const reference = aReference();
  await cancelled(reference);
  await here.onboard(['erase', reference, '--yes']);
  const log = await eventually(
    'erased',
    () => logOf(reference),
    (all) => all.length === 0,
  );
  expect(log).toEqual([]);
  const { out, err, code } = await here.onboard(['notify', 'log', reference]);
  expect({ out, code }).toEqual({ out: '', code: 0 });
  expect(err).toContain('no notification was delivered');
});
