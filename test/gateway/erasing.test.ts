/** Erasure by the API and by sign-up events, with a real Temporal. */
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
async function sendEvent(type: string, reference: string, id = `msg_${randomUUID()}`) {
  const changes = { '4711': `"${reference}"`, 'jeanne@example.org': anAddress() };
  const registered = await fixture('customer-registered', changes);
  const body = registered.replace('customer.registered', type);
  const secret = SECRETS.CRM_EVENT_SECRETS.split(', ')[1] ?? '';
  const headers = signedHeaders(body, secret, { id });
  return gateway.call('POST', '/events/crm', { body, headers, key: null });
}

test('an erasure is accepted without a worker and done once one runs, and its receipt can be read again', async () => {
  const [reference, byEvent, early] = [aReference(), aReference(), aReference()];
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
  expect((await sendEvent('customer.erased', reference, meanwhile)).status).toBe(202);
  const restart = await gateway.call('PUT', `/onboardings/${reference}?restart=true`, {
    body: { email: anAddress() },
  });
  expect(restart).toMatchObject({ status: 409, json: { code: 'not-now' } });

  // By events: of a sender with an onboarding, and of one whose sign-up arrives late.
  expect((await sendEvent('customer.registered', byEvent)).status).toBe(202);
  const id = 'msg_erased';
  expect((await sendEvent('customer.erased', byEvent, id)).status).toBe(202);
  for (const one of [early, early]) {
    expect((await sendEvent('customer.erased', one)).status).toBe(202);
  }
  expect((await sendEvent('customer.registered', early)).status).toBe(202);

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
    alsoRequestedBy: [{ by: 'event:crm', at: expect.any(String) }],
    erasedAt: expect.any(String),
    onboardingRuns: 1,
    notificationRuns: 0,
    found: true,
  });
  expect(await seen(reference)).toMatchObject({ status: 200, json });
  expect(await erase(reference)).toMatchObject({ status: 200, json });
  for (const [one, by, onboardingRuns] of [
    [byEvent, 'event:crm', 1],
    [early, 'event:crm', 0],
  ] as const) {
    await eventually(
      'the receipt',
      () => seen(one),
      ({ status }) => status === 200,
    );
    const found = onboardingRuns > 0;
    expect((await seen(one)).json).toMatchObject({ by, onboardingRuns, found });
    await reaches(gateway.onboardings, one, 'cancelled');
    expect(await gateway.call('GET', `/onboardings/${one}`)).toMatchObject({
      json: { status: 'cancelled', outcome: { by, reason: 'erased' } },
    });
  }
  // A request after the erasure, while there is no new onboarding, is added to the receipt.
  const late = 'msg_late';
  const before = (await seen(early)).json;
  const requestedLate = await erase(early);
  expect(requestedLate.status).toBe(202);
  const noted = await eventually(
    'the second requester',
    () => erase(early),
    ({ status }) => status === 200,
  );
  const alsoRequestedBy = [{ by: 'api:only-erase', at: expect.any(String) }];
  expect(noted.json).toEqual({ ...before, alsoRequestedBy });
  expect((await sendEvent('customer.erased', early, late)).status).toBe(202);
  for (const [one, ids] of [
    [reference, [meanwhile]],
    [early, [late]],
  ] as const) {
    const { json: kept } = await seen(one);
    const path = `/onboardings/${one}?restart=true`;
    const body = { email: anAddress() };
    expect((await gateway.call('PUT', path, { body })).status).toBe(202);
    for (const again of ids)
      expect((await sendEvent('customer.erased', one, again)).status).toBe(202);
    expect((await seen(one)).json).toEqual(kept);
    await reaches(gateway.onboardings, one, 'awaiting-registration');
  }
  // The same event again does not erase the onboarding begun since; another event does.
  const { json: receipt } = await seen(byEvent);
  const again = await gateway.call('PUT', `/onboardings/${byEvent}?restart=true`, {
    body: { email: anAddress() },
  });
  expect(again.status).toBe(202);
  expect((await sendEvent('customer.erased', byEvent, id)).status).toBe(202);
  expect((await seen(byEvent)).json).toEqual(receipt);
  await reaches(gateway.onboardings, byEvent, 'awaiting-registration');
  const link = await gateway.call('POST', `/onboardings/${byEvent}/links`);
  const page = () => fetch(String(link.json['url']));
  expect((await page()).status).toBe(200);
  expect((await sendEvent('customer.erased', byEvent)).status).toBe(202);
  await reaches(gateway.onboardings, byEvent, 'cancelled');
  expect((await sendEvent('customer.erased', byEvent, id)).status).toBe(202);
  await eventually('nothing to show', page, ({ status }) => status === 410);
  expect(gateway.logged()).toContain('"msg":"erasure requested"');
  expect(gateway.logged()).not.toContain('@example.org');
  await stop();
});

test('a stopped erasure is reported as such, and can be requested again', async () => {
  const reference = aReference();
  expect((await erase(reference)).status).toBe(202);
  const id = 'msg_stopped';
  expect((await sendEvent('customer.erased', reference, id)).status).toBe(202);
  await here.temporal.workflow.getHandle(`sender-erasure/${reference}`).terminate();
  expect((await sendEvent('customer.erased', reference, id)).status).toBe(202);
  expect(await seen(reference)).toMatchObject({ status: 409, json: { code: 'not-now' } });
  expect((await erase(reference)).status).toBe(202);
});
