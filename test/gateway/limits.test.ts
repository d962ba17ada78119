/** The limits of the partner's API, and its answers while Temporal is unavailable. */
import { beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import {
  ALL,
  keyFor,
  REAL_TIMEOUT_MS,
  startGatewayUnderTest,
  type GatewayUnderTest,
} from './gateway.ts';
import { dataConverter } from '../support/encryption.ts';

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal);
});

test('an address gets a limited number of mails a day, for any reference and whether or not it has an account', async () => {
  const strict = await startGatewayUnderTest(here.temporal, { mailsPerAddressAndDay: 2 });
  const email = anAddress();
  const put = () => strict.call('PUT', `/onboardings/${aReference()}`, { body: { email } });
  expect((await put()).status).toBe(202);
  expect((await put()).status).toBe(202);
  const third = await put();
  expect(third).toMatchObject({ status: 429, json: { code: 'mail-budget-exhausted' } });
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
  // Another process, with no count of its own.
  const another = await startGatewayUnderTest(here.temporal, { mailsPerAddressAndDay: 2 });
  const there = await eventually(
    'counted',
    () => another.call('PUT', `/onboardings/${aReference()}`, { body: { email: ` ${email} ` } }),
    ({ status }) => status === 429,
  );
  expect(there.status).toBe(429);
});

test('requests about existing onboardings are answered on any day: only starts and mails count', async () => {
  const strict = await startGatewayUnderTest(here.temporal, { mailsPerAddressAndDay: 2 });
  const email = anAddress();
  const [open, ended] = [aReference(), aReference()];
  const put = (reference: string, body: object, query = '') =>
    strict.call('PUT', `/onboardings/${reference}${query}`, { body });
  for (const reference of [open, ended]) {
    await gateway.onboardings.start({ reference, email: anAddress() });
  }
  await here.temporal.workflow.getHandle(workflowIdOf(ended)).terminate();
  const statuses: number[] = [];
  for (let calls = 0; calls < 3; calls++) {
    statuses.push((await put(open, { email })).status, (await put(ended, { email })).status);
  }
  expect(statuses).toEqual([409, 409, 409, 409, 409, 409]);
  const again = [];
  for (let calls = 0; calls < 3; calls++) {
    again.push((await put(ended, { email }, '?restart=true')).status);
  }
  expect(again).toEqual([202, 202, 202]);
  expect((await put(aReference(), { email })).status).toBe(202);
  expect((await put(aReference(), { email })).status).toBe(429);
});

test('a key that may only start does not learn how an onboarding ended', async () => {
  const reference = aReference();
  await gateway.onboardings.start({ reference, email: anAddress() });
  await here.temporal.workflow.getHandle(workflowIdOf(reference)).terminate();
  const put = (key: string) =>
    gateway.call('PUT', `/onboardings/${reference}`, { key, body: { email: anAddress() } });
  const [blind, seeing] = [await put(keyFor('start')), await put(ALL.key)];
  expect(blind).toMatchObject({ status: 409, json: { code: 'ended' } });
  expect(blind.text).not.toContain('failed');
  expect(seeing.json['detail']).toMatch(/^It ended as failed/);
});

test('the calls per second of a key are limited', async () => {
  const slow = await startGatewayUnderTest(here.temporal, { callsPerKeyAndSecond: 0.3 });
  const statuses = [];
  for (let calls = 0; calls < 4; calls++) {
    statuses.push((await slow.call('GET', `/onboardings/${aReference()}`)).status);
  }
  expect(statuses).toEqual([404, 404, 404, 429]);
  const other = await slow.call('GET', `/onboardings/${aReference()}`, { key: keyFor('read') });
  expect(other.status).toBe(404);
});

test.each([
  ['a list of open ones makes one', 'limit=1000&waitingFor=registration', 0],
  ['a list of all makes one more for every 32', 'limit=1000', 2],
  ['a list of ended ones too', 'limit=1000&status=ready', 2],
  ['a short list makes few', 'limit=32', 0],
])('lists are limited by the searches that they make: %s', async (_what, query, tooMany) => {
  const limited = await startGatewayUnderTest(here.temporal);
  const key = keyFor('read');
  const lists = await Promise.all(
    Array.from({ length: 3 }, () => limited.call('GET', `/onboardings?${query}`, { key })),
  );
  const refused = lists.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(tooMany);
  for (const { json, headers } of refused) {
    expect(json).toMatchObject({ code: 'too-many-requests' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await limited.call('GET', `/onboardings/${aReference()}`, { key })).status).toBe(404);
});

test.each([
  ['no key', null, 401, 'unauthorised'],
  ['an invented key', 'onb_nothing', 401, 'unauthorised'],
  ['a key without the scope', keyFor('operate'), 403, 'forbidden'],
])('with %s: an error answer, and nothing is done', async (_what, key, status, code) => {
  const answer = await gateway.call('PUT', `/onboardings/${aReference()}`, {
    key,
    body: { email: anAddress() },
  });
  expect(answer).toMatchObject({ status, json: { code } });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

test('an override needs a scope of its own', async () => {
  const path = `/onboardings/${aReference()}/overrides`;
  const body = { requirement: 'terms', reason: 'seen on paper' };
  const operator = await gateway.call('POST', path, { key: keyFor('operate'), body });
  expect(operator).toMatchObject({ status: 403, json: { scope: 'override' } });
  const allowed = await gateway.call('POST', path, { key: keyFor('override'), body });
  expect(allowed).toMatchObject({ status: 404 });
});

test('a key that may only start does not learn what differs in a start', async () => {
  const [reference, email] = [aReference(), anAddress()];
  await gateway.onboardings.start({ reference, email });
  const put = (key: string) =>
    gateway.call('PUT', `/onboardings/${reference}`, { key, body: { email: anAddress() } });
  const blind = await put(keyFor('start'));
  expect(blind).toMatchObject({ status: 409, json: { code: 'open-differs' } });
  expect(blind.json).not.toHaveProperty('differs');
  expect((await put(ALL.key)).json['differs']).toEqual(['email']);
});

test('nobody can find out an address by guessing: a reference is compared a few times an hour', async () => {
  const [reference, email] = [aReference(), anAddress()];
  const guarded = await startGatewayUnderTest(here.temporal);
  await guarded.onboardings.start({ reference, email });
  const put = (address: string) =>
    guarded.call('PUT', `/onboardings/${reference}`, { body: { email: address } });
  const guesses = [];
  for (let guess = 0; guess < 11; guess++) guesses.push((await put(anAddress())).status);
  expect(guesses).toEqual([...Array.from({ length: 10 }, () => 409), 429]);
  // The right address now gets the same answer as the wrong ones.
  const right = await put(email);
  expect(right).toMatchObject({ status: 429, json: { code: 'too-many-requests' } });
  expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(3_000);
});

test('vouching for an address needs the scope start or override', async () => {
  const path = `/onboardings/${aReference()}/address`;
  const body = { email: anAddress(), emailVerified: true };
  const operator = await gateway.call('POST', path, { key: keyFor('operate'), body });
  expect(operator).toMatchObject({ status: 403, json: { code: 'forbidden', scope: 'start' } });
  const plain = { email: anAddress() };
  expect((await gateway.call('POST', path, { key: keyFor('operate'), body: plain })).status).toBe(
    404,
  );
  expect((await gateway.call('POST', path, { body })).status).toBe(404);
});

test('all wrong fields are named at once, with pointers, and no value is repeated', async () => {
  const answer = await gateway.call('PUT', `/onboardings/${aReference()}`, {
    body: {
      email: 'nonsense-value',
      registration: { ...registrationForm(), country: 'Frankreich-value', cgu: '1' },
      unknown: true,
    },
  });
  expect(answer).toMatchObject({ status: 400, json: { code: 'invalid-request' } });
  const errors = answer.json['errors'] as { pointer: string }[];
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
    '',
    '/email',
    '/registration',
    '/registration/country',
  ]);
  expect(answer.text).not.toContain('-value');
  const address = await gateway.call('GET', '/onboardings/jeanne@example.org');
  expect(address).toMatchObject({ status: 400, json: { errors: [{ parameter: 'reference' }] } });
  expect(address.text + gateway.logged()).not.toContain('jeanne');
});

test('without Temporal: 503 with an early Retry-After, not ready, and alive', async () => {
  // Accepts connections and never answers.
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const connection = Connection.lazy({ address: `127.0.0.1:${port}` });
  const cutOff = await startGatewayUnderTest(new Client({ connection, dataConverter }), {
    temporalTimeoutMs: REAL_TIMEOUT_MS,
  });
  for (const [method, path, body] of [
    ['PUT', '', { email: anAddress() }],
    ['GET', '', undefined],
    ['POST', '/reminders', {}],
    ['POST', '/checks', {}],
  ] as const) {
    const answer = await cutOff.call(method, `/onboardings/customer-42${path}`, { body });
    expect(answer).toMatchObject({ status: 503, json: { code: 'temporal-unavailable' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(await cutOff.call('GET', '/ready')).toMatchObject({ status: 503 });
  expect(await cutOff.call('GET', '/ready')).toMatchObject({ status: 503 });
  expect(await cutOff.call('GET', '/ready?exclude=temporal')).toMatchObject({ status: 503 });
  expect(await cutOff.call('GET', '/live')).toMatchObject({ status: 200 });
  // The reason is logged once, for all requests.
  const linesWith = (message: string) => cutOff.logged().split(`"msg":"${message}"`).length - 1;
  expect([
    linesWith('Temporal cannot be used'),
    linesWith('not ready: Temporal cannot be used'),
  ]).toEqual([1, 1]);
  expect(cutOff.logged()).toContain('"type":"TemporalUnavailableError"');
  expect((await gateway.call('GET', '/ready')).status).toBe(200);
  await cutOff.close();
  await connection.close();
  silent.close();
});
