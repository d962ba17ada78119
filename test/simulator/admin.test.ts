/** The routes for tests and scripts, over HTTP. */
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_SWITCHES } from '../../simulator/index.ts';
import { NEW_USER, useStage } from './stage.ts';

const on = useStage();

async function admin(method: 'GET' | 'POST', path: string, body?: unknown) {
  const response = await fetch(`${on.simulator.url}/admin/${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

describe('accounts', () => {
  it('are opened by their holder: confirmed, terms accepted, attached to no partner', async () => {
    const { status, body } = await admin('POST', 'accounts', { email: 'a@example.org' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: '1001', confirmed: true, cgu: true, access: 'none' });
    expect((await on.client.get('user', { id_user: '1001' })).json['slug']).toBe(
      'user_unavailable',
    );
  });

  it('accept flags in all formats of AR24', async () => {
    const flags = { confirmed: '0', cgu: 0, payment_active: true, is_identity_verified: 'true' };
    const { body } = await admin('POST', 'accounts', { email: 'a@example.org', ...flags });
    expect(body).toMatchObject({
      confirmed: false,
      cgu: false,
      payment_active: true,
      is_identity_verified: true,
    });
  });

  it('are changed by hand, without mail', async () => {
    await on.client.post('user', NEW_USER);
    const mails = on.simulator.mailbox().length;
    const { body } = await admin('POST', `accounts/${NEW_USER.email}`, {
      name: '',
      firstname: '',
      cgu: 1,
      attached: false,
    });
    expect(body).toMatchObject({ name: '', firstname: '', cgu: true, access: 'withdrawn' });
    expect(on.simulator.mailbox()).toHaveLength(mails);
  });

  it('cannot get the address of another account', async () => {
    on.simulator.createAccount({ email: 'a@example.org' });
    on.simulator.createAccount({ email: 'b@example.org' });
    const taken = await admin('POST', 'accounts/b@example.org', { email: 'A@example.org' });
    expect(taken.status).toBe(409);
    const own = await admin('POST', 'accounts/b@example.org', { email: 'B@example.org' });
    expect(own).toMatchObject({ status: 200, body: { email: 'B@example.org' } });
  });

  it('can have their address changed', async () => {
    on.simulator.createAccount({ email: 'old@example.org', attached: true });
    on.simulator.updateAccount('old@example.org', { email: 'new@example.org' });
    const read = async (email: string) => (await on.client.get('user', { email })).json;
    expect((await read('new@example.org'))['status']).toBe('SUCCESS');
    expect((await read('old@example.org'))['slug']).toBe('user_not_exist');
  });

  it('accept every parameter of POST /user, and store no password', async () => {
    const { status, body } = await admin('POST', 'accounts', { ...NEW_USER, password: 's3cret!' });
    expect([status, JSON.stringify(body).includes('s3cret')]).toEqual([201, false]);
    expect(body).toMatchObject(NEW_USER);
  });

  it.each<[string, unknown, number, RegExp]>([
    ['accounts', {}, 400, /email/],
    ['accounts', { email: '' }, 400, /e-mail address/],
    ['accounts', { email: 'nonsense' }, 400, /e-mail address/],
    ['accounts', { email: 'b@example.org', company: 'x'.repeat(1001) }, 400, /company/],
    ['accounts/a@example.org', { email: 'nonsense' }, 400, /e-mail address/],
    ['accounts', { email: 'b@example.org', shoe_size: 42 }, 400, /shoe_size/],
    ['accounts', { email: 'b@example.org', cgu: 'perhaps' }, 400, /cgu/],
    ['accounts', { email: 'A@example.org' }, 409, /has an account/],
    ['accounts/9999', { cgu: 1 }, 404, /9999/],
    ['accounts', [], 400, /record|object/],
  ])('%s %j is refused with %d', async (path, body, status, message) => {
    on.simulator.createAccount({ email: 'a@example.org' });
    const answer = await admin('POST', path, body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toMatch(message);
    expect(on.simulator.accounts()).toHaveLength(1);
  });
});

describe('a body with another type than JSON', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded'])(
    'but %s is refused, with what to do',
    async (type) => {
      const response = await fetch(`${on.simulator.url}/admin/accounts`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: '{"email": "a@example.org"}',
      });
      expect([response.status, await response.text()]).toEqual([
        415,
        '{"error":"JSON is expected: content-type: application/json"}',
      ]);
      expect(on.simulator.accounts()).toEqual([]);
    },
  );
});

describe('faults and switches', () => {
  it('are set in part and read back', async () => {
    const set = await admin('POST', 'faults', { reset: { count: 2 } });
    expect(set).toEqual({ status: 200, body: { reset: { count: 2 } } });
    await admin('POST', 'switches', { pastToleranceS: 5 });
    expect((await admin('GET', 'faults')).body).toEqual({ reset: { count: 2 } });
    expect((await admin('GET', 'switches')).body).toEqual({
      ...DEFAULT_SWITCHES,
      pastToleranceS: 5,
    });
  });

  it.each(['faults', 'switches'])('an unknown name among the %s is named', async (path) => {
    const { status, body } = await admin('POST', path, { gremlins: {} });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('gremlins');
  });

  it('do not affect the admin routes', async () => {
    on.simulator.setFaults({ http5xx: {} });
    expect((await admin('GET', 'ledger')).status).toBe(200);
  });
});

describe('the rest', () => {
  it('the ledger is the same as in the process, and counts calls', async () => {
    await on.client.post('user', NEW_USER);
    await on.client.get('user', {}, { token: 'wrong' });
    const { body } = await admin('GET', 'ledger');
    expect(body).toEqual(on.simulator.ledger());
    expect(body).toMatchObject({ calls: { 'POST /user': 1, 'GET /user': 1 } });
  });

  it('a reset deletes everything and restores faults and switches', async () => {
    await on.client.post('user', NEW_USER);
    on.simulator.setFaults({ reset: {} });
    expect((await admin('POST', 'reset')).status).toBe(204);
    expect(on.simulator.ledger()).toEqual({ effects: [], calls: {}, webhooks: [] });
    expect((await admin('GET', 'faults')).body).toEqual({});
    expect((await on.client.post('user', NEW_USER)).json['status']).toBe('SUCCESS');
  });

  it('a foreign web page is refused', async () => {
    on.simulator.createAccount({ email: 'a@example.org' });
    const response = await fetch(`${on.simulator.url}/admin/reset`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(response.status).toBe(403);
    expect(on.simulator.accounts()).toHaveLength(1);
  });

  it('health says that it runs', async () => {
    expect((await fetch(`${on.simulator.url}/health`)).status).toBe(200);
  });
});
