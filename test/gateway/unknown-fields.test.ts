/**
 * Each operation of the running gateway's document refuses what it does not know. The document leaves out only what others
 * define: sign-up events, AR24's webhooks, links that mail programs add parameters to, and health checks.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { registrationForm } from '../support/people.ts';
import { startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal);
});

/** A valid body of each operation that needs one. */
const BODIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  startOnboarding: { email: anAddress() },
  register: { ...registrationForm() },
  correctAddress: { email: anAddress() },
  extend: { until: '2099-01-31' },
  cancel: { reason: 'a test' },
  override: { requirement: 'operator', reason: 'a test' },
  accept: { what: 'terms' },
};

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

async function operations(): Promise<readonly Operation[]> {
  const { json } = await gateway.call('GET', '/openapi.json', { key: null });
  const paths = json['paths'] as Record<string, Record<string, { operationId: string }>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      operationId,
      method: method.toUpperCase(),
      path: path.replace('{reference}', 'customer-42'),
    })),
  );
}

const named = { errors: [{ detail: expect.stringContaining('"surplus"') }] };

test('an unknown query parameter is refused by every operation, and named', async () => {
  const all = await operations();
  expect(all.length).toBeGreaterThanOrEqual(21);
  for (const { operationId, method, path } of all) {
    const body = method === 'GET' ? undefined : (BODIES[operationId] ?? {});
    const { status, json } = await gateway.call(method, `${path}?surplus=1`, { body });
    expect({ operationId, status, json }).toMatchObject({ operationId, status: 400, json: named });
    expect(json).toHaveProperty('errors.0.parameter', 'surplus');
  }
});

test('each unknown query parameter has an entry, and one that may be personal data no name', async () => {
  const { json } = await gateway.call('GET', '/onboardings?first=1&second=1&j%40example.org=1');
  const errors = json['errors'] as readonly { readonly parameter: string }[];
  expect(errors.map(({ parameter }) => parameter)).toEqual(['first', 'second', '']);
  expect(JSON.stringify(errors)).not.toContain('example.org');
});

test('an unknown field of a body is refused by every operation, and named', async () => {
  const all = (await operations()).filter(({ method }) => method !== 'GET');
  for (const { operationId, method, path } of all) {
    const body = { ...BODIES[operationId], surplus: 1 };
    const { status, json } = await gateway.call(method, path, { body });
    expect({ operationId, status, json }).toMatchObject({ operationId, status: 400, json: named });
    expect(json).toHaveProperty('errors.0.pointer', '');
  }
});

test('an address is searched in a body, and never in a URL', async () => {
  const [reference, email] = [aReference(), anAddress()];
  await gateway.call('PUT', `/onboardings/${reference}`, { body: { email } });
  const inUrl = await gateway.call('GET', `/onboardings?email=${encodeURIComponent(email)}`);
  expect(inUrl).toMatchObject({ status: 400, json: { errors: [{ parameter: 'email' }] } });
  expect(inUrl.text).toContain('POST /search');
  const found = await gateway.call('POST', '/search', {
    body: { email: email.toUpperCase(), limit: 10 },
  });
  expect(found.status).toBe(200);
  expect(gateway.logged()).not.toContain(email);
});

test('a reference may be "search"', async () => {
  const started = await gateway.call('PUT', '/onboardings/search', {
    body: { email: anAddress() },
  });
  expect(started.status).toBe(202);
  expect(await gateway.call('GET', '/onboardings/search')).toMatchObject({
    status: 200,
    json: { reference: 'search' },
  });
});

describe('validForDays of a link', () => {
  const link = (query: string, body?: object) =>
    gateway.call('POST', `/onboardings/${aReference()}/links${query}`, { body });

  test.each(['0', '367', '1.5', '-1', '07', 'a', '', '1e2'])(
    '%j in the query is refused',
    async (days) => {
      const { status, json } = await link(`?validForDays=${days}`);
      expect(status).toBe(400);
      expect(json).toHaveProperty('errors.0.parameter', 'validForDays');
      expect(json).toHaveProperty('errors.0.detail', expect.stringMatching(/366/));
    },
  );

  test.each([0, 367, 1.5, -1, '14', true, [14]])(
    '%j in the body is refused',
    async (validForDays) => {
      expect(await link('', { validForDays })).toMatchObject({
        status: 400,
        json: { errors: [{ pointer: '/validForDays', detail: expect.stringMatching(/366/) }] },
      });
    },
  );

  test('1 and 366 are taken, in either place', async () => {
    for (const days of [1, 366]) {
      for (const { status } of [
        await link(`?validForDays=${days}`),
        await link('', { validForDays: days }),
      ]) {
        expect(status).toBe(404);
      }
    }
    expect((await link('', undefined)).status).toBe(404);
  });
});
