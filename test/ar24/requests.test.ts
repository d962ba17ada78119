/** The HTTP requests that the library sends. */
import { describe, expect, it } from '@jest/globals';
import { NEW_USER_FIELDS } from '../../ar24/index.ts';
import { sign } from '../../ar24/crypto.ts';
import { CALLS, EMAIL, ID, NEW_USER } from './calls.ts';
import { ar24, clientOf, DATE, NOW, PRIVATE_KEY, success, TOKEN } from './server.ts';

const user = { id: 42, email: EMAIL };

describe('a POST', () => {
  it('carries token and date in the body and the signature in a header', async () => {
    const { client, seen } = await ar24((request) => success(request));
    await client.requestAccess({ email: EMAIL });
    expect(seen).toHaveLength(1);
    const [request] = seen;
    expect(request).toMatchObject({ method: 'POST', path: '/api/user/request_access' });
    expect(Object.fromEntries(request?.form ?? [])).toEqual({
      token: TOKEN,
      date: DATE,
      email: EMAIL,
    });
    expect([...(request?.query ?? [])]).toEqual([]);
    expect(request?.headers['signature']).toBe(sign(DATE, PRIVATE_KEY));
    expect(request?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  });

  it('encodes UTF-8, plus, ampersand and equals so that they arrive unchanged', async () => {
    const { client, seen } = await ar24((request) => success(request, user));
    await client.createUser(NEW_USER);
    const form = seen[0]?.form;
    expect(form?.get('email')).toBe(EMAIL);
    expect(form?.get('lastname')).toBe('Désormeaux & Fils');
    expect(form?.get('city')).toBe('Paris=Onze');
    expect(form?.get('company')).toBe('Crème + Brûlée');
    expect(seen[0]?.rawForm).toContain('secr%C3%A8te%2Bar24%40exemple.fr');
  });

  it('leaves out empty and undefined fields', async () => {
    const { client, seen } = await ar24((request) => success(request, user));
    await client.createUser({ ...NEW_USER, company_tva: undefined });
    expect([...(seen[0]?.form.keys() ?? [])]).not.toEqual(expect.arrayContaining(['address2']));
    expect([...(seen[0]?.form.keys() ?? [])]).not.toEqual(expect.arrayContaining(['company_tva']));
  });

  it('sends the fixed list of fields and no other property of the object', async () => {
    const { client, seen } = await ar24((request) => success(request, user));
    const stuffed = { ...NEW_USER, password: 'hunter2', webhook: 'https://evil.example' };
    await client.createUser(stuffed);
    const allowed = ['token', 'date', ...Object.keys(NEW_USER_FIELDS)];
    const sent = [...(seen[0]?.form.keys() ?? [])];
    expect(sent).toContain('custom_ref');
    expect(sent.filter((name) => !allowed.includes(name))).toEqual([]);
  });
});

describe('a GET', () => {
  it('carries token and date in the query and the signature in a header', async () => {
    const { client, seen } = await ar24((request) => success(request, user));
    await client.readUser({ email: EMAIL });
    const [request] = seen;
    expect(request).toMatchObject({ method: 'GET', path: '/api/user', rawForm: '' });
    expect(Object.fromEntries(request?.query ?? [])).toEqual({
      token: TOKEN,
      date: DATE,
      email: EMAIL,
    });
    expect(request?.headers['signature']).toBe(sign(DATE, PRIVATE_KEY));
  });

  it('reads by id with id_user', async () => {
    const { client, seen } = await ar24((request) => success(request, { id: ID }));
    await expect(client.readUser({ id: ID })).resolves.toMatchObject({ id: ID });
    expect(seen[0]?.query.get('id_user')).toBe(ID);
    expect(seen[0]?.query.has('email')).toBe(false);
  });
});

it.each([
  ['createUser', 'POST', '/api/user'],
  ['readUser', 'GET', '/api/user'],
  ['listUsers', 'GET', '/api/user/list'],
  ['requestAccess', 'POST', '/api/user/request_access'],
  ['requestTerms', 'POST', '/api/user/request_cgu'],
  ['requestPayment', 'POST', '/api/user/payment_request'],
  ['orderIdentity', 'POST', '/api/user/identity'],
] as const)('%s sends one request to its route', async (name, method, path) => {
  const result = { id: 1, email: EMAIL, users: [], link: 'https://pay.example/1' };
  const { client, seen } = await ar24((request) => success(request, result));
  await CALLS[name](client);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ method, path });
});

it.each(['requestTerms', 'requestPayment', 'orderIdentity'] as const)(
  '%s names the account',
  async (name) => {
    const { client, seen } = await ar24((request) =>
      success(request, { link: 'https://pay.example/1' }),
    );
    await CALLS[name](client);
    expect(seen[0]?.form.get('id_user')).toBe(ID);
  },
);

it('requests a payment link only if it is set so', async () => {
  const { client, seen } = await ar24((request) =>
    success(request, { link: 'https://pay.example/1' }),
  );
  await expect(client.requestPayment(ID)).resolves.toEqual({});
  await expect(client.requestPayment(ID, { link: true })).resolves.toEqual({
    link: 'https://pay.example/1',
  });
  expect(seen.map(({ form }) => form.get('get_link'))).toEqual([null, '1']);
});

it('sends the language of the options', async () => {
  const { client, seen } = await ar24((request) => success(request), { language: 'fr' });
  await client.requestTerms(ID);
  expect(seen[0]?.headers['accept-language']).toBe('fr');
});

it.each(['/api', '/api/', ''])(
  'accepts the base URL %j with or without its last slash',
  async (base) => {
    const { url, seen } = await ar24((request) => success(request));
    await clientOf(url + base).requestTerms(ID);
    expect(seen[0]?.path).toBe(`${base.replace(/\/$/, '')}/user/request_cgu`);
  },
);

it('dates each call by the clock at that moment', async () => {
  let now = NOW;
  const { client, seen } = await ar24((request) => success(request), {
    now: () => now,
    dateAheadS: 0,
  });
  await client.requestTerms(ID);
  now = new Date('2026-07-01T00:00:00Z');
  await client.requestTerms(ID);
  expect(seen.map(({ form }) => form.get('date'))).toEqual([
    '2026-11-24 14:00:00',
    '2026-07-01 02:00:00',
  ]);
});
