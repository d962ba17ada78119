import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createAddressCheck } from '../../../gateway/ar24-webhooks/addresses.ts';
import { identify, namesOf } from '../../../gateway/ar24-webhooks/identify.ts';
import { readPayload } from '../../../gateway/ar24-webhooks/payload.ts';
import { draws } from '../../support/draws.ts';

/** As curl and PHP write it. */
const multipart = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(
      ([name, value]) =>
        `--X4711\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('') + '--X4711--\r\n';

const read = (text: string) => readPayload(Buffer.from(text));
const whoIn = async (text: string) => identify(await read(text));

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
  ['\uFEFFid_user=4711', '4711'],
  ['\uFEFF{"user":{"id":4711}}', '4711'],
  [multipart({ id_user: '4711', new_state: 'confirmed' }), '4711'],
  [multipart({ 'user[id]': '4711', 'mail[id]': '99' }), '4711'],
  [multipart({ payload: '{"user":{"id":4711}}' }), '4711'],
  [`\uFEFF${multipart({ id_user: '4711' })}`, '4711'],
  [multipart({ id_user: '4711' }).replaceAll('\r\n', '\n'), '4711'],
  [multipart({ '"; filename="user.json': '{"id_user":4711}' }), '4711'],
])('%s is about account %s', async (text, accountId) => {
  expect((await whoIn(text)).accountId).toBe(accountId);
});

test.each([
  ['email=jeanne%40example.org', 'jeanne@example.org'],
  ['user[email]=jeanne%40example.org', 'jeanne@example.org'],
  ['{"user":{"id":1,"mail":"jeanne@example.org"}}', 'jeanne@example.org'],
  [multipart({ email: 'jeanne@example.org' }), 'jeanne@example.org'],
])('%s is about %s', async (text, email) => {
  expect((await whoIn(text)).email).toBe(email);
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
  '--X\r\nid_user=4711',
  multipart({ id_mail: '4711' }),
  multipart({ id_user: '4711' }).slice(0, 60),
])('%j is about no account', async (text) => {
  expect(await whoIn(text)).toEqual({ accountId: undefined, email: undefined });
});

test('names are logged, values and invented names never', async () => {
  const names = namesOf(
    await read(
      'id_user=4711&user[e-mail]=jeanne%40example.org&jeanne%40example.org=1&Jeanne+Martin=1',
    ),
  );
  expect(names).toEqual(['id_user', 'user.e-mail', '?']);
  expect(namesOf(await read(`{"a":[{"b":1},{"b":2}],"c":"{\\"d\\":1}"}`))).toEqual([
    'a.b',
    'c',
    'c.d',
  ]);
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, index]));
  expect(namesOf(await read(JSON.stringify(many)))).toHaveLength(30);
});

test('any body is read without an error', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.webQueryParameters(),
    fc.jsonValue().map((value) => JSON.stringify({ id_user: value, user: { id: value } })),
  );
  await fc.assert(
    fc.asyncProperty(text, async (sent) => {
      expect((await whoIn(sent)).accountId ?? 'none').toMatch(/^[A-Za-z0-9]{1,64}$/);
      namesOf(await read(sent));
      namesOf(await read(multipart({ a: sent })));
      namesOf(await read(`--X\r\n${sent}`));
    }),
    { numRuns: draws(3_000) },
  );
  const deep = 30_000;
  expect(await whoIn('['.repeat(deep) + ']'.repeat(deep))).toEqual({});
});

test('addresses and networks are allowed in every notation of a socket', () => {
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
