/** AR24's webhooks have no secret but their path, so their bodies may hold anything. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { identify, namesOf } from '../../gateway/ar24-webhooks/identify.ts';
import { readPayload } from '../../gateway/ar24-webhooks/payload.ts';
import { asJson, CANARY, hostileText, mutated, runs } from './hostile.ts';

const PUBLISHED = {
  event: 'user',
  new_state: 'confirmed',
  user: { id: 4711, email: 'jeanne@example.org', list: [1, 'two', { three: true }] },
  payload: '{"id_user":"4711","inner":"[1,2,{\\"email\\":\\"a@b.fr\\"}]"}',
};

/** JSON within texts of JSON, each level escaped once more. */
const nested = fc.tuple(fc.nat(9), asJson(mutated(PUBLISHED))).map(([levels, json]) => {
  let text = json;
  for (let level = 0; level < levels && text.length < 20_000; level++) {
    text = JSON.stringify([text, { again: text.slice(0, 200) }]);
  }
  return text;
});
const asForm = fc
  .array(fc.tuple(fc.oneof(hostileText, fc.constantFrom('user[id]', 'a[][b]]', '[]')), nested), {
    maxLength: 5,
  })
  .map((fields) => new URLSearchParams(fields).toString());
const asMultipart = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(
      ([name, value]) =>
        `--X4711\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('') + '--X4711--\r\n';
const body = fc.oneof(
  fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
  fc.nat(2_000).map((many) => Buffer.from(JSON.stringify({ ids: Array(many).fill(4711) }))),
  fc
    .oneof(
      asJson(mutated(PUBLISHED)),
      nested,
      asForm,
      hostileText,
      nested.map((text) => asMultipart({ payload: text })),
      fc.tuple(hostileText, hostileText).map(([name, value]) => asMultipart({ [name]: value })),
    )
    .map((text) => Buffer.from(text)),
);

const MOST_FIELDS = 200;
const DEEPEST = 8;
/** `1e20` is written out. */
const LONGEST_NUMBER = 25;

test('any body yields few fields, none of them long', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(body, async (bytes) => {
      const fields = await readPayload(bytes);
      read += fields.length;
      const longest = bytes.length + LONGEST_NUMBER;
      expect(fields.length).toBeLessThanOrEqual(MOST_FIELDS);
      for (const { path, value } of fields) {
        expect(path.length).toBeLessThanOrEqual(DEEPEST);
        expect(value.length).toBeLessThanOrEqual(longest);
      }
      const characters = fields.reduce((sum, { value }) => sum + value.length, 0);
      expect(characters).toBeLessThanOrEqual(longest * (DEEPEST + 1));
    }),
    runs(700),
  );
  // Otherwise the generated bodies are too uniform to prove anything.
  expect(read).toBeGreaterThan(4_000);
});

test('an id has only letters and digits, and the log gets only names of fields', async () => {
  const NAME = /^(?:\?|[A-Za-z][\w-]{0,39})(?:\.(?:\?|[A-Za-z][\w-]{0,39}))*$|^$/;
  await fc.assert(
    fc.asyncProperty(body, async (bytes) => {
      const fields = await readPayload(bytes);
      const { accountId, email } = identify(fields);
      expect(accountId ?? 'none').toMatch(/^[A-Za-z0-9]{1,64}$/);
      expect(email ?? '@').toContain('@');
      const names = namesOf(fields);
      expect(names.length).toBeLessThanOrEqual(30);
      for (const name of names) expect(name).toMatch(NAME);
      expect(names.join()).not.toContain(CANARY);
    }),
    runs(700),
  );
});

test('the account is the same in every encoding that a program may use', async () => {
  const id = fc.integer({ min: 1, max: 10 ** 12 }).map(String);
  const others = fc.dictionary(fc.constantFrom('event', 'new_state', 'date'), fc.string(), {
    noNullPrototype: true,
  });
  await fc.assert(
    fc.asyncProperty(id, others, async (accountId, more) => {
      const flat = { ...more, id_user: accountId };
      const within = JSON.stringify({ ...more, user: { id: Number(accountId) } });
      const bodies = [
        new URLSearchParams(flat).toString(),
        new URLSearchParams({ ...more, 'user[id]': accountId }).toString(),
        JSON.stringify(flat),
        within,
        new URLSearchParams({ payload: within }).toString(),
        JSON.stringify({ data: [within] }),
        `\uFEFF${within}`,
        asMultipart(flat),
        asMultipart({ payload: within }),
      ];
      const found = await Promise.all(
        bodies.map(async (text) => identify(await readPayload(Buffer.from(text))).accountId),
      );
      expect(found).toEqual(bodies.map(() => accountId));
    }),
    runs(500),
  );
});
