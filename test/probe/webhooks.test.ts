/** The listener recognizes AR24's webhooks by their account, and keeps names and kinds of fields, and no value. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WebhookListener } from '../../probe/index.ts';

let listener: WebhookListener;
let url: string;

beforeEach(async () => {
  listener = await WebhookListener.listen('127.0.0.1', 0);
  listener.learn('plain', { id: '1001', email: 'Jeanne@example.org', customRef: 'probe-plain' });
  listener.begin('plain', 'email_confirmed');
  url = `http://127.0.0.1:${listener.port}/any/path`;
});

afterEach(async () => {
  await listener.close();
});

const FIELDS = {
  id_user: '1001',
  mail: 'jeanne@EXAMPLE.org',
  ref: 'probe-plain',
  new_state: 'email_confirmed',
  at: '2026-03-02 09:00:00',
  number: '42',
  text: 'Jeanne Martin, Paris',
  empty: '',
};
const KINDS = {
  id_user: 'id',
  mail: 'email',
  ref: 'custom_ref',
  new_state: 'word',
  at: 'date',
  number: 'number',
  text: 'other',
  empty: 'other',
};

async function post(body: unknown): Promise<void> {
  await fetch(url, { method: 'POST', body: JSON.stringify(body) });
}

test('a form', async () => {
  const { status } = await fetch(url, { method: 'POST', body: new URLSearchParams(FIELDS) });
  expect(status).toBe(200);
  expect(listener.found()).toEqual({
    events: { email_confirmed: true },
    shapes: [{ method: 'POST', encoding: 'urlencoded', fields: KINDS }],
    unknownCallers: [],
  });
});

test('JSON, also with numbers and nested fields', async () => {
  await post({ ...FIELDS, id_user: 1001, user: { name: 'Jeanne', ids: [7] }, none: null });
  const fields = { ...KINDS, 'user.name': 'word', 'user.ids.0': 'number', none: 'other' };
  expect(listener.found().shapes).toEqual([{ method: 'POST', encoding: 'json', fields }]);
});

test.each([
  ['nested', { method: 'POST', body: '{"data":{"account":{"email":"jeanne@example.org"}}}' }, ''],
  ['in the query of a GET', {}, '?id=1001'],
  ['in the query of a POST', { method: 'POST', body: '{"event":"changed"}' }, '?ref=probe-plain'],
  ['in XML', { method: 'POST', body: '<user><id>1001</id></user>' }, ''],
])('the account is recognized %s', async (_where, request, query) => {
  await fetch(url + query, request);
  expect(listener.found()).toMatchObject({ events: { email_confirmed: true }, unknownCallers: [] });
});

test('names that could be values are left out', async () => {
  await post({ 'jeanne@example.org': 1, id: 1001 });
  expect(listener.found().shapes[0]?.fields).toEqual({ id: 'id' });
});

test('a request that names no account of the probe is an unknown caller, and no webhook', async () => {
  await fetch(`${url}?cmd=ls&id=10010`);
  await post({ user: { id: 2002 }, event: 'email_confirmed' });
  expect(listener.found()).toEqual({
    events: { email_confirmed: false },
    shapes: [],
    unknownCallers: [
      { method: 'GET', encoding: 'urlencoded', fields: { cmd: 'word', id: 'number' } },
      { method: 'POST', encoding: 'json', fields: { 'user.id': 'number', event: 'word' } },
    ],
  });
});

test('only some shapes of unknown callers are kept', async () => {
  for (let n = 0; n < 25; n += 1) await fetch(`${url}?scan${n}=1`);
  expect(listener.found().unknownCallers).toHaveLength(20);
});

test('a late webhook that names an earlier act does not count for the next', async () => {
  listener.begin('plain', 'terms_accepted');
  await post({ id: 1001, event: 'email_confirmed' });
  expect(listener.found().events).toEqual({ email_confirmed: true, terms_accepted: false });
  await post({ id: 1001, event: 'cgu_accepted' });
  expect(listener.found().events).toEqual({ email_confirmed: true, terms_accepted: true });
});

test('a webhook about another account of the probe does not count for the last act', async () => {
  listener.learn('known', { id: '', email: 'known@example.org', customRef: 'probe-known' });
  listener.begin('known', 'access_granted');
  await post({ id: 1001, event: 'changed' });
  expect(listener.found().events).toEqual({ email_confirmed: true, access_granted: false });
});

test('an account whose id is not known yet is recognized afterwards; until then it is not known', async () => {
  const known = { id: '', email: 'known@example.org', customRef: 'probe-known' };
  listener.learn('known', known);
  listener.begin('known', 'access_refused');
  await post({ id: 3003, event: 'changed' });
  expect(listener.found().events).toEqual({ email_confirmed: false });
  listener.learn('known', { ...known, id: '3003' });
  expect(listener.found()).toMatchObject({
    events: { access_refused: true },
    unknownCallers: [],
  });
});

test.each([
  ['without a field', { method: 'GET' }, 404],
  ['with an empty body', { method: 'POST', body: '' }, 404],
  ['that is too large', { method: 'POST', body: 'a='.padEnd(70_000, 'x') }, 413],
  ['of another method', { method: 'DELETE' }, 405],
])('a request %s is not kept', async (_what, request, status) => {
  expect((await fetch(url, request)).status).toBe(status);
  expect(listener.found()).toMatchObject({ shapes: [], unknownCallers: [] });
});
