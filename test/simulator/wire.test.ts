/** The exact bytes that public clients send (docs/ar24-api.md 0.3, 1.2). */
import { describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { decrypted, signatureOf } from './independent-client.ts';
import { NEW_USER, useStage } from './stage.ts';

const on = useStage();

const DATE = '2026-06-15 10:01:00';
const KEY = 'demo-private-key';
const SIGNED = { token: 'demo-token', date: DATE };
const query = (fields: object): string =>
  new URLSearchParams(Object.entries(fields).map(([k, v]): [string, string] => [k, String(v)]))
    .toString()
    .replaceAll('%20', '+');

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string | number>>;
}

/** Sends exactly these bytes; returns the JSON in the answer. */
async function send(path: string, options: Sent, body = ''): Promise<unknown> {
  const url = new URL(path, on.simulator.apiUrl);
  const headers = { signature: signatureOf(DATE, KEY), ...options.headers };
  const raw = await new Promise<string>((resolve, reject) => {
    request(url, { ...options, headers }, (response) => {
      text(response).then(resolve, reject);
    })
      .on('error', reject)
      .end(body);
  });
  return JSON.parse(raw.startsWith('{') ? raw : decrypted(raw, DATE, KEY)) as unknown;
}

const SUCCESS = { status: 'SUCCESS' };

describe('a GET', () => {
  it.each([
    ['JSON, as C4 does', { 'content-type': 'application/json' }],
    ['a form, as C5 does', { 'content-type': 'application/x-www-form-urlencoded' }],
    [
      'a form, with the date as a header too, as C6 does',
      { 'content-type': 'application/x-www-form-urlencoded', date: DATE },
    ],
  ])('with the content type of %s', async (_, headers) => {
    expect(await send(`user/list?${query(SIGNED)}`, { method: 'GET', headers })).toMatchObject(
      SUCCESS,
    );
  });

  it.each([
    ['application/json', JSON.stringify({ token: 'other', id_user: '7' })],
    ['application/x-www-form-urlencoded', query({ ...SIGNED, id_user: '7' })],
  ])('with a body of %s is still read by its query', async (type, body) => {
    on.simulator.createAccount({ email: 'a@example.org', attached: true });
    const path = `user?${query({ ...SIGNED, email: 'a@example.org' })}`;
    const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) };
    expect(await send(path, { method: 'GET', headers }, body)).toMatchObject({
      ...SUCCESS,
      result: { email: 'a@example.org' },
    });
  });

  it('with an empty id_user reads by the e-mail address', async () => {
    on.simulator.createAccount({ email: 'a@example.org', attached: true });
    const path = `user?${query({ ...SIGNED, id_user: '', email: 'a@example.org' })}`;
    expect(await send(path, { method: 'GET' })).toMatchObject(SUCCESS);
  });
});

describe('a POST', () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };

  it('with token and date in the query and in the body, as C12 does', async () => {
    const body = query({ ...SIGNED, ...NEW_USER });
    expect(await send(`user?${query(SIGNED)}`, { method: 'POST', headers }, body)).toMatchObject(
      SUCCESS,
    );
  });

  it('with parameters left empty, as C7 does, and every preference of C9', async () => {
    const body = query({
      ...SIGNED,
      ...NEW_USER,
      ...{
        company: '',
        company_siret: '123456',
        company_tva: '',
        address2: '',
        password: 'longer',
      },
      ...{ confirmed: 0, cgu: 0, is_legal_entity: 0, notif_billing: 1, notify_ev: 1, notify_ar: 1 },
      ...{ notify_rf: 1, notify_ng: 1, notify_bc: 1, notify_consent: 0, notify_eidas_to_valid: 0 },
      ...{ notify_recipient_update: 0, notify_waiting_ar_answer: 0 },
    });
    const created = await send('user', { method: 'POST', headers }, body);
    expect(created).toMatchObject({
      ...SUCCESS,
      result: { notif_billing: '1', notify_ar: '1', notify_consent: '0', company_siret: '123456' },
    });
    expect(JSON.stringify([created, on.simulator.accounts()])).not.toContain('longer');
  });

  it("in PHP's multipart, each part with its type, encoding and length, files beside", async () => {
    const fields = { ...SIGNED, ...NEW_USER, city: 'Évry' };
    const part = (head: string, value: string): string =>
      `--cut\r\nContent-Type: ${head}\r\n\r\n${value}\r\n`;
    const typed = 'text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n';
    const parts = Object.entries(fields).map(([name, value]) =>
      part(
        `${typed}Content-Disposition: form-data; name="${name}"\r\n` +
          `Content-Length: ${Buffer.byteLength(value)}`,
        value,
      ),
    );
    const file = part(
      'application/pdf\r\nContent-Disposition: form-data; name="attachment[0]"; filename="a.pdf"',
      '%PDF-1.7',
    );
    const body = `${file}${parts.join('')}--cut--\r\n`;
    const type = { 'content-type': 'multipart/form-data; boundary=cut' };
    expect(await send('user/', { method: 'POST', headers: type }, body)).toMatchObject({
      ...SUCCESS,
      result: { city: 'Évry', firstname: 'Zoé' },
    });
  });
});

describe('every route', () => {
  const ROUTES = [
    ['POST', 'user', NEW_USER],
    ['GET', 'user', { id_user: '1001' }],
    ['GET', 'user/list', {}],
    ['POST', 'user/request_access', { email: 'a@example.org' }],
    ['POST', 'user/request_cgu', { id_user: '1001' }],
    ['POST', 'user/payment_request', { id_user: '1001' }],
    ['POST', 'user/identity', { id_user: '1001' }],
  ] as const;
  const ways = ROUTES.flatMap(([method, path, fields]) =>
    [path, `${path}/`].flatMap((address) =>
      (method === 'GET' ? ['query'] : ['urlencoded', 'multipart']).map(
        (form) => [method, address, form, fields] as const,
      ),
    ),
  );

  it.each(ways)('%s %s in a %s', async (method, path, form, fields) => {
    on.simulator.createAccount({ email: 'a@example.org', attached: true });
    const encoding = form === 'multipart' ? 'multipart' : 'urlencoded';
    const reply = await on.client.call(method, path, fields, { encoding });
    expect(reply).toMatchObject({ http: 200, encrypted: true, json: SUCCESS });
  });
});

describe('too large a body', () => {
  it.each([
    ['a form', 'application/x-www-form-urlencoded', `company=${'x'.repeat(1_100_000)}`],
    ['another body', 'application/json', `"${'x'.repeat(1_100_000)}"`],
  ])('of %s is refused, and the simulator goes on', async (_, type, body) => {
    const response = await fetch(`${on.simulator.apiUrl}user`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(413);
    expect((await on.client.get('user/list')).json).toMatchObject(SUCCESS);
  });

  it('of a multipart field is not cut to a valid value', async () => {
    const company = 'x'.repeat(100_000);
    const reply = await on.client.post('user', { ...NEW_USER, company }, { encoding: 'multipart' });
    expect(reply.json['slug']).toBe('user_not_created');
  });
});
