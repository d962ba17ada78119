/** The listener keeps the names and kinds of fields, and no value. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WebhookListener } from '../../probe/index.ts';

let listener: WebhookListener;
let url: string;

beforeEach(async () => {
  listener = await WebhookListener.listen('127.0.0.1', 0);
  listener.expect({ id: '1001', email: 'Jeanne@example.org', customRef: 'probe-plain' });
  url = `http://127.0.0.1:${listener.port}/any/path`;
});

afterEach(async () => {
  await listener.close();
});

const FIELDS = {
  id_user: '1001',
  mail: 'jeanne@EXAMPLE.org',
  ref: 'probe-plain',
  new_state: 'terms_accepted',
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

test('of a form', async () => {
  const { status } = await fetch(url, { method: 'POST', body: new URLSearchParams(FIELDS) });
  expect(status).toBe(200);
  expect(listener.since(0)).toEqual([{ method: 'POST', encoding: 'urlencoded', fields: KINDS }]);
});

test('of JSON, also with numbers and objects', async () => {
  const body = JSON.stringify({ ...FIELDS, id_user: 1001, user: { name: 'Jeanne' }, none: null });
  await fetch(url, { method: 'POST', body });
  const fields = { ...KINDS, user: 'other', none: 'other' };
  expect(listener.since(0)).toEqual([{ method: 'POST', encoding: 'json', fields }]);
});

test('of the query of a GET', async () => {
  await fetch(`${url}?id=1001`);
  expect(listener.since(0)).toEqual([
    { method: 'GET', encoding: 'urlencoded', fields: { id: 'id' } },
  ]);
});

test('names that could be values are left out', async () => {
  await fetch(url, { method: 'POST', body: JSON.stringify({ 'jeanne@example.org': 1, a: 1 }) });
  expect(listener.since(0)[0]?.fields).toEqual({ a: 'number' });
});

test.each([
  ['without a field', { method: 'GET' }, 404],
  ['with a body that has none', { method: 'POST', body: 'hello' }, 404],
  ['that is too large', { method: 'POST', body: 'a='.padEnd(70_000, 'x') }, 413],
  ['of another method', { method: 'DELETE' }, 405],
])('a request %s is no webhook', async (_what, request, status) => {
  expect((await fetch(url, request)).status).toBe(status);
  expect(listener.count).toBe(0);
});
