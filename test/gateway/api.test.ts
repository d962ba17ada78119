/** The partner's API, with a real Temporal, a worker and a simulated AR24. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { registrationForm } from '../support/people.ts';
import { eventually } from '../support/eventually.ts';
import { ATTACHED, anAddress, aReference } from '../client/onboardings.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { keyFor, startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal);
});

const start = (reference: string, body: object, query = '') =>
  gateway.call('PUT', `/onboardings/${reference}${query}`, { body });
const read = (reference: string) => gateway.call('GET', `/onboardings/${reference}`);
const reads = (reference: string, status: string) =>
  eventually(
    status,
    () => read(reference),
    ({ json }) => json['status'] === status,
  );

describe('without a worker', () => {
  test('a start is durable, reads are partial, and updates return the id with which to repeat them', async () => {
    const reference = aReference();
    const started = await start(reference, { email: anAddress() });
    expect(started).toMatchObject({ status: 202, json: { reference } });
    expect(started.headers.get('location')).toBe(`${gateway.url}/onboardings/${reference}`);
    expect(await read(reference)).toMatchObject({
      status: 200,
      json: { partial: true, status: 'requesting-access' },
    });
    const link = await gateway.call('POST', `/onboardings/${reference}/links`);
    expect(link).toMatchObject({ status: 503, json: { code: 'no-worker' } });
    const until = '2099-01-31';
    const extended = await gateway.call('POST', `/onboardings/${reference}/extensions`, {
      body: { until },
      headers: { 'idempotency-key': 'mine' },
    });
    expect(extended).toMatchObject({ status: 503, json: { code: 'no-worker', updateId: 'mine' } });
    expect(extended.headers.get('retry-after')).toBe('10');
    expect(await gateway.call('POST', `/onboardings/${reference}/checks`)).toMatchObject({
      status: 202,
    });
  });

  test.each(['Bearer  ', 'bearer\t', 'BEARER \t '])('a key is found after %j', async (before) => {
    const headers = { authorization: `${before}${keyFor('read')}` };
    const { status } = await gateway.call('GET', '/onboardings', { key: null, headers });
    expect(status).toBe(200);
  });

  test('a field that is null counts as absent, and as missing if it is required', async () => {
    const reference = aReference();
    const body = { email: anAddress(), language: null, registration: null, require: null };
    expect(await start(reference, body)).toMatchObject({ status: 202 });
    expect(await start(aReference(), { email: null })).toMatchObject({
      status: 400,
      json: { errors: [{ pointer: '/email' }] },
    });
  });
});

describe('with a worker', () => {
  let stopWorker: () => Promise<void>;

  beforeAll(async () => {
    stopWorker = await here.startWorker();
  });

  afterAll(() => stopWorker());

  test('the same start gets the same answer at any time, and another one gets the differences', async () => {
    const reference = aReference();
    const body = { email: anAddress(), registration: registrationForm() };
    const first = await start(reference, body);
    const again = await start(reference, { ...body, language: 'fr' });
    expect(again.json).toEqual(first.json);
    await reads(reference, 'awaiting-email');
    const changed = { ...body.registration, city: 'Lyon' };
    const other = await start(reference, { ...body, emailVerified: true, registration: changed });
    expect(other).toMatchObject({
      status: 409,
      json: { code: 'open-differs', differs: ['emailVerified', 'registration.city'] },
    });
    expect(other.text).not.toContain('Lyon');

    const cancelled = await gateway.call('POST', `/onboardings/${reference}/cancellation`, {
      body: { reason: 'a mistake' },
    });
    const outcome = { kind: 'cancelled', reason: 'a mistake' };
    expect(cancelled).toMatchObject({ status: 200, json: { status: 'cancelled', outcome } });
    expect((await start(reference, body)).json).toEqual(first.json);
    expect(await start(reference, { email: anAddress() })).toMatchObject({
      status: 409,
      json: { code: 'ended' },
    });
    const restarted = await start(reference, { email: anAddress() }, '?restart=true');
    expect(restarted.status).toBe(202);
    await reads(reference, 'awaiting-registration');
  });

  test('from the form to the end, every action is recorded with the name of its key', async () => {
    const reference = aReference();
    const email = anAddress();
    await start(reference, { email });
    await reads(reference, 'awaiting-registration');
    const form = await gateway.call('POST', `/onboardings/${reference}/registration`, {
      body: registrationForm(),
    });
    expect(form).toMatchObject({ status: 200, json: { reference, partial: false } });
    // Only Temporal knows this, and no call to it was made.
    expect(form.json).not.toHaveProperty('stuck');
    await reads(reference, 'awaiting-email');
    const link = await gateway.call('POST', `/onboardings/${reference}/links`, {
      body: { validForDays: 2 },
    });
    expect(link.status).toBe(201);
    const days = (Date.parse(String(link.json['expiresAt'])) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(2);
    const claimed = await gateway.call('POST', `/onboardings/${reference}/acceptances`, {
      body: { what: 'email' },
    });
    expect(claimed).toMatchObject({ status: 202, json: { reference } });
    const { json } = await eventually(
      'the claim',
      () => read(reference),
      (view) => Array.isArray(view.json['claims']) && view.json['claims'].length > 0,
    );
    expect(json['claims']).toMatchObject([{ what: 'email', by: 'api:crm' }]);
    const notNow = await gateway.call('POST', `/onboardings/${reference}/overrides`, {
      body: { requirement: 'operator', reason: 'why not' },
    });
    expect(notNow).toMatchObject({ status: 409, json: { code: 'not-now' } });
    const revoked = await gateway.call('DELETE', `/onboardings/${reference}/links`);
    expect(revoked.json['linksValidFrom']).toEqual(expect.any(String));
    expect(JSON.stringify(json)).not.toContain(email);
    expect(json['maskedEmail']).toMatch(/^.…@example.org$/);
  });

  test('a refused message does not count as a mail of the day', async () => {
    const strict = await startGatewayUnderTest(here.temporal, { mailsPerAddressAndDay: 2 });
    const reference = aReference();
    await start(reference, { email: anAddress() });
    await reads(reference, 'awaiting-registration');
    for (let times = 0; times < 3; times++) {
      const refused = await strict.call('POST', `/onboardings/${reference}/reminders`);
      expect(refused).toMatchObject({ status: 409, json: { code: 'not-now' } });
    }
  });

  test('an update that is repeated with the same key counts once', async () => {
    const reference = aReference();
    await start(reference, { email: anAddress() });
    await reads(reference, 'awaiting-registration');
    const until = new Date(Date.now() + 60 * 86_400_000).toISOString();
    const extend = () =>
      gateway.call('POST', `/onboardings/${reference}/extensions`, {
        body: { until },
        headers: { 'idempotency-key': 'once' },
      });
    const [first, second] = [await extend(), await extend()];
    expect(second.json['version']).toBe(first.json['version']);
  });

  test('the stream sends the view at once and after each change, and ends with the onboarding', async () => {
    const reference = aReference();
    const email = anAddress();
    await start(reference, { email });
    const answer = await fetch(new URL(`/onboardings/${reference}/events`, gateway.url), {
      headers: { authorization: `Bearer ${keyFor('read')}` },
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    await reads(reference, 'awaiting-registration');
    await gateway.call('POST', `/onboardings/${reference}/cancellation`, {
      body: { reason: 'enough' },
    });
    // The stream ends by itself, or this test would not end.
    const stream = await answer.text();
    expect(stream).toMatch(/event: onboarding.updated/);
    expect(stream).toContain('"status":"cancelled"');
    expect(stream).not.toContain(email);
    const unknown = await gateway.call('GET', `/onboardings/${aReference()}/events`);
    expect(unknown).toMatchObject({ status: 404, json: { code: 'onboarding-not-found' } });
    const other = await gateway.call('GET', `/onboardings/${reference}/events`, {
      headers: { accept: 'application/json' },
    });
    expect(other).toMatchObject({ status: 406, json: { code: 'not-acceptable' } });
    expect(other.headers.get('content-type')).toContain('application/problem+json');
  });

  test('a read of AR24 without a change is no event, and no two events have the same id', async () => {
    const polling = gateway.onboardings;
    await stopWorker();
    stopWorker = await here.startWorker({ policy: { poll: { firstSeconds: 1, maxSeconds: 1 } } });
    const reference = aReference();
    await polling.start({ reference, email: anAddress() });
    await reads(reference, 'awaiting-registration');
    const answer = await fetch(new URL(`/onboardings/${reference}/events`, gateway.url), {
      headers: { authorization: `Bearer ${keyFor('read')}` },
    });
    await eventually(
      'AR24 was read several times',
      () => polling.view(reference),
      ({ calls: [poll] }) => (poll?.attempt ?? 0) > 4,
    );
    await polling.cancel(reference, { reason: 'enough', by: 'tester' });
    const events = (await answer.text()).split('\n\n').filter((one) => one.includes('data: '));
    const ids = events.flatMap((event) => /^id: (.+)$/m.exec(event)?.[1] ?? []);
    expect(ids.length).toBe(new Set(ids).size);
    const waiting = events.filter((event) => event.includes('"status":"awaiting-registration"'));
    expect(waiting).toHaveLength(1);
    expect(events.at(-1)).toContain('"status":"cancelled"');
  });

  test('the pages of a list contain each onboarding once', async () => {
    const references = Array.from({ length: 5 }, aReference);
    for (const reference of references) {
      here.simulator.createAccount({ ...ATTACHED, email: `${reference}@example.org` });
      await start(reference, { email: `${reference}@example.org`, emailVerified: true });
    }
    const turned = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      let cursor = '';
      do {
        const { status, json } = await gateway.call(
          'GET',
          `/onboardings?status=ready&limit=2${cursor}`,
        );
        // The limit of searches is reached by now, so this is tried again later.
        if (status === 429) return [];
        expect(status).toBe(200);
        const page = json as { onboardings: { reference: string }[]; nextCursor: string | null };
        expect(page.onboardings.length).toBeLessThanOrEqual(2);
        found.push(...page.onboardings.map(({ reference }) => reference));
        cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
      } while (cursor !== '');
      return found;
    };
    const found = await eventually('all ready', turned, (all) =>
      references.every((reference) => all.includes(reference)),
    );
    expect(new Set(found).size).toBe(found.length);
    const since = new Date().toISOString();
    const stuck = await gateway.call(
      'GET',
      `/onboardings?stuckSince=${since}&waitingFor=registration`,
    );
    expect(stuck.status).toBe(200);
    expect(await gateway.call('GET', '/onboardings?cursor=AAAA')).toMatchObject({
      status: 422,
      json: { code: 'impossible-value', errors: [{ parameter: 'cursor' }] },
    });
  });
});
