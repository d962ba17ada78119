import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createAddressCheck } from '../../../gateway/ar24-webhooks/addresses.ts';
import { identify, namesOf } from '../../../gateway/ar24-webhooks/identify.ts';
import { readPayload } from '../../../gateway/ar24-webhooks/payload.ts';

const read = (text: string) => readPayload(Buffer.from(text));
const whoIn = (text: string) => identify(read(text));

test.each([
  ['id_user=4711&new_state=confirmed', '4711'],
  ['idUser=4711', '4711'],
  ['user_id=4711&id=99', '4711'],
  ['id=4711', '4711'],
  ['user[id]=4711&mail[id]=99', '4711'],
  ['mail[id]=99&user[id]=4711', '4711'],
  ['{"id_user":4711}', '4711'],
  [' \n{"id_user":"4711"}', '4711'],
  ['{"event":"user","data":{"user":{"id":4711,"email":"a"}}}', '4711'],
  ['[{"userId":"4711"},{"userId":"4712"}]', '4711'],
  ['payload={"user":{"id":"4711"}}', '4711'],
  ['payload=%7B%22user_id%22%3A4711%7D', '4711'],
])('%s is about account %s', (text, accountId) => {
  expect(whoIn(text).accountId).toBe(accountId);
});

test.each([
  ['email=jeanne%40example.org', 'jeanne@example.org'],
  ['user[email]=jeanne%40example.org', 'jeanne@example.org'],
  ['{"user":{"id":1,"mail":"jeanne@example.org"}}', 'jeanne@example.org'],
])('%s is about %s', (text, email) => {
  expect(whoIn(text).email).toBe(email);
});

test.each([
  '',
  '{',
  '{"id_user":null}',
  '{"id_user":{"$ne":""}}',
  `id_user=' OR 1=1`,
  'id_user=',
  `id_user=${'1'.repeat(65)}`,
  'id_user=a%00b',
  'id_mail=4711&new_state=sent',
  '{"mail":{"id":4711}}',
  'email=nobody',
])('%j is about nobody', (text) => {
  expect(whoIn(text)).toEqual({ accountId: undefined, email: undefined });
});

test('names are told, values and made-up names never', () => {
  const names = namesOf(
    read('id_user=4711&user[e-mail]=jeanne%40example.org&jeanne%40example.org=1&Jeanne+Martin=1'),
  );
  expect(names).toEqual(['id_user', 'user.e-mail', '?']);
  expect(namesOf(read(`{"a":[{"b":1},{"b":2}],"c":"{\\"d\\":1}"}`))).toEqual(['a.b', 'c', 'c.d']);
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, index]));
  expect(namesOf(read(JSON.stringify(many)))).toHaveLength(30);
});

test('whatever comes, it is read', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.webQueryParameters(),
    fc.jsonValue().map((value) => JSON.stringify({ id_user: value, user: { id: value } })),
  );
  fc.assert(
    fc.property(text, (sent) => {
      expect(whoIn(sent).accountId ?? 'none').toMatch(/^[A-Za-z0-9]{1,64}$/);
      namesOf(read(sent));
    }),
    { numRuns: 3_000 },
  );
  const deep = 30_000;
  expect(whoIn('['.repeat(deep) + ']'.repeat(deep))).toEqual({});
});

test('addresses and networks are let in, however a socket names them', () => {
  const isAllowed = createAddressCheck(['185.183.140.195', '10.1.0.0/16', '2001:db8::/32']);
  const let_in = ['185.183.140.195', '::ffff:185.183.140.195', '10.1.255.1', '2001:db8::5'];
  const kept_out = ['185.183.140.196', '::ffff:10.2.0.1', '2001:db9::1', '', 'nonsense', '::1'];
  expect(let_in.map(isAllowed)).toEqual(let_in.map(() => true));
  expect(kept_out.map(isAllowed)).toEqual(kept_out.map(() => false));
  expect(createAddressCheck([])('203.0.113.1')).toBe(true);
  for (const wrong of ['10.0.0.0/33', '::/129', 'example.org', '10.0.0.0/x', '1.2.3.4/-1', '']) {
    expect(() => createAddressCheck([wrong])).toThrow(TypeError);
  }
});
