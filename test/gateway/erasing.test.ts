/** Having a sender forgotten by the API and by sign-up events, before a real Temporal. */
import { beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DELETES_SOON } from '../erasure/runs.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { eventually } from '../support/eventually.ts';
import { exampleSources, fixture, SECRETS, signedHeaders } from './events/events.ts';
import { keyFor, startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer(DELETES_SOON);
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal, { sources: await exampleSources() });
});

const key = keyFor('erase');
const erase = (reference: string) => gateway.call('DELETE', `/onboardings/${reference}`, { key });
const seen = (reference: string) =>
  gateway.call('GET', `/onboardings/${reference}/erasure`, { key });

/** As a customer's system signs and sends it. */
async function tell(type: string, reference: string, id = `msg_${randomUUID()}`) {
  const changes = { '4711': `"${reference}"`, 'jeanne@example.org': anAddress() };
  const registered = await fixture('customer-registered', changes);
  const body = registered.replace('customer.registered', type);
  const secret = SECRETS.CRM_EVENT_SECRETS.split(', ')[1] ?? '';
  const headers = signedHeaders(body, secret, { id });
  return gateway.call('POST', '/events/crm', { body, headers, key: null });
}

test('accepted with no worker, done once one runs, and the receipt can be had again', async () => {
  const [reference, told, early] = [aReference(), aReference(), aReference()];
  await gateway.call('PUT', `/onboardings/${reference}`, { body: { email: anAddress() } });
  const refused = await gateway.call('DELETE', `/onboardings/${reference}`, {
    key: keyFor('operate'),
  });
  expect(refused).toMatchObject({ status: 403, json: { code: 'forbidden', scope: 'erase' } });
  expect(await seen(reference)).toMatchObject({
    status: 404,
    json: { code: 'erasure-not-found' },
  });

  const accepted = await erase(reference);
  expect(accepted).toMatchObject({ status: 202, json: { reference } });
  expect(accepted.headers.get('location')).toBe(`${gateway.url}/onboardings/${reference}/erasure`);
  expect(Number(accepted.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await erase(reference)).status).toBe(202);
  expect((await seen(reference)).status).toBe(202);
  const meanwhile = 'msg_meanwhile';
  expect((await tell('customer.erased', reference, meanwhile)).status).toBe(202);
  const restart = await gateway.call('PUT', `/onboardings/${reference}?restart=true`, {
    body: { email: anAddress() },
  });
  expect(restart).toMatchObject({ status: 409, json: { code: 'not-now' } });

  // By events: of one who has begun, and of one whose sign-up comes late.
  expect((await tell('customer.registered', told)).status).toBe(202);
  const id = 'msg_erased';
  expect((await tell('customer.erased', told, id)).status).toBe(202);
  for (const one of [early, early]) {
    expect((await tell('customer.erased', one)).status).toBe(202);
  }
  expect((await tell('customer.registered', early)).status).toBe(202);

  const stop = await here.startWorker();
  const { json } = await eventually(
    'the receipt',
    () => erase(reference),
    ({ status }) => status === 200,
  );
  expect(json).toEqual({
    reference,
    by: 'api:only-erase',
    requestedAt: expect.any(String),
    alsoAsked: [{ by: 'event:crm', at: expect.any(String) }],
    erasedAt: expect.any(String),
    onboardingRuns: 1,
    notificationRuns: 0,
  });
  expect(await seen(reference)).toMatchObject({ status: 200, json });
  expect(await erase(reference)).toMatchObject({ status: 200, json });
  for (const [one, by, onboardingRuns] of [
    [told, 'event:crm', 1],
    [early, 'event:crm', 0],
  ] as const) {
    await eventually(
      'the receipt',
      () => seen(one),
      ({ status }) => status === 200,
    );
    expect((await seen(one)).json).toMatchObject({ by, onboardingRuns });
    await reaches(gateway.onboardings, one, 'cancelled');
    expect(await gateway.call('GET', `/onboardings/${one}`)).toMatchObject({
      json: { status: 'cancelled', outcome: { by, reason: 'erased' } },
    });
  }
  // Who asks afterwards, while there is nothing else, is in the receipt too.
  const late = 'msg_late';
  const before = (await seen(early)).json;
  const askedLate = await erase(early);
  expect(askedLate.status).toBe(202);
  const noted = await eventually(
    'who asked is noted',
    () => erase(early),
    ({ status }) => status === 200,
  );
  const alsoAsked = [{ by: 'api:only-erase', at: expect.any(String) }];
  expect(noted.json).toEqual({ ...before, alsoAsked });
  expect((await tell('customer.erased', early, late)).status).toBe(202);
  for (const [one, ids] of [
    [reference, [meanwhile]],
    [early, [late]],
  ] as const) {
    const { json: kept } = await seen(one);
    const path = `/onboardings/${one}?restart=true`;
    const body = { email: anAddress() };
    expect((await gateway.call('PUT', path, { body })).status).toBe(202);
    for (const again of ids) expect((await tell('customer.erased', one, again)).status).toBe(202);
    expect((await seen(one)).json).toEqual(kept);
    await reaches(gateway.onboardings, one, 'awaiting-registration');
  }
  // Delivered again, it is not about what was begun anew since; another that says the same is.
  const { json: receipt } = await seen(told);
  const again = await gateway.call('PUT', `/onboardings/${told}?restart=true`, {
    body: { email: anAddress() },
  });
  expect(again.status).toBe(202);
  expect((await tell('customer.erased', told, id)).status).toBe(202);
  expect((await seen(told)).json).toEqual(receipt);
  await reaches(gateway.onboardings, told, 'awaiting-registration');
  const link = await gateway.call('POST', `/onboardings/${told}/links`);
  const page = () => fetch(String(link.json['url']));
  expect((await page()).status).toBe(200);
  expect((await tell('customer.erased', told)).status).toBe(202);
  await reaches(gateway.onboardings, told, 'cancelled');
  expect((await tell('customer.erased', told, id)).status).toBe(202);
  await eventually('nothing to show', page, ({ status }) => status === 410);
  expect(gateway.logged()).toContain('"msg":"erasure asked for"');
  expect(gateway.logged()).not.toContain('@example.org');
  await stop();
});

test('one that was stopped is told so, and can be asked for again', async () => {
  const reference = aReference();
  expect((await erase(reference)).status).toBe(202);
  const id = 'msg_stopped';
  expect((await tell('customer.erased', reference, id)).status).toBe(202);
  await here.temporal.workflow.getHandle(`sender-erasure/${reference}`).terminate();
  expect((await tell('customer.erased', reference, id)).status).toBe(202);
  expect(await seen(reference)).toMatchObject({ status: 409, json: { code: 'not-now' } });
  expect((await erase(reference)).status).toBe(202);
});
