/**
 * Drives every failure of every call and searches all that is thrown, in every way it may be
 * printed, for what must stay inside.
 */
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { sign } from '../../ar24/crypto.ts';
import { isAr24Error } from '../../ar24/index.ts';
import { CALLS, EMAIL, failureOf, ID, NEW_USER } from './calls.ts';
import {
  ar24,
  type Behaviour,
  clientOf,
  DATE,
  PRIVATE_KEY,
  refusal,
  success,
  TOKEN,
} from './server.ts';

const AR24_TEXT = 'Le compte de Jeanne';
const LEAK = 'leak-4471';

const hostile: Readonly<Record<string, Behaviour>> = {
  'a refusal': () => refusal('user_not_exist', AR24_TEXT),
  'a refused field': () => refusal('email_wrong_format', AR24_TEXT),
  'an unknown slug': () => refusal('brand_new', AR24_TEXT),
  'a slug with data in it': () => refusal(`${LEAK} ${EMAIL}`, AR24_TEXT),
  'a slug that is no text': () => refusal({ [LEAK]: EMAIL }, AR24_TEXT),
  'refused credentials': () => refusal('token_invalid', `${AR24_TEXT} ${TOKEN}`),
  'a refused date': () => refusal('expired_date', AR24_TEXT),
  maintenance: () => ({ status: 'maintenance', message: AR24_TEXT }),
  'HTTP 401': (_, reply) => reply.code(401).send(AR24_TEXT),
  'HTTP 404': (_, reply) => reply.code(404).send(AR24_TEXT),
  'HTTP 429': (_, reply) => reply.code(429).header('retry-after', LEAK).send(AR24_TEXT),
  'HTTP 500': (_, reply) => reply.code(500).send(AR24_TEXT),
  'a redirect with a query': (_, reply) =>
    reply.redirect(`https://ar24.invalid/?t=${TOKEN}&l=${LEAK}`),
  'an echo of the request': (seen) => `${seen.rawForm}${seen.query.toString()} ${LEAK}`,
  'broken JSON': () => `{"status":"SUCCESS","result":{"email":"${EMAIL}","x":${LEAK}`,
  'an unknown status': () => ({ status: LEAK, result: { email: EMAIL } }),
  'a user without an id': (seen) =>
    success(seen, { email: EMAIL, name: LEAK, users: [{ name: LEAK }] }),
  'a user with an id of the wrong kind': (seen) =>
    success(seen, { id: `${LEAK} ${EMAIL}`, link: LEAK, users: [{ id: [EMAIL] }] }),
  'a flag of the wrong kind': (seen) =>
    success(seen, { id: 1, cgu: LEAK, users: [{ id: 1, confirmed: LEAK }] }),
  'fields named by a stranger': (seen) => success(seen, { [LEAK]: { [EMAIL]: 1 } }),
  'a lost connection': (_, reply) => {
    reply.hijack();
    reply.raw.destroy();
  },
  'an answer cut short': (_, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-length': '999' });
    reply.raw.write(AR24_TEXT, () => reply.raw.destroy());
  },
  'an answer too large': (_, reply) => reply.send(AR24_TEXT.repeat(1000)),
  silence: (_, reply) => {
    reply.hijack();
  },
};

const SECRETS: readonly string[] = [
  TOKEN,
  PRIVATE_KEY,
  sign(DATE, PRIVATE_KEY),
  sign(DATE, PRIVATE_KEY).slice(0, 20),
  DATE,
  ...Object.values(NEW_USER).filter((value) => value.length > 3),
  'jeanne',
  ID,
  LEAK,
  AR24_TEXT,
  'token=',
  '127.0.0.1',
];
const NEEDLES = SECRETS.flatMap((secret) => [secret, encodeURIComponent(secret)]);

/** Everything a logger, a debugger or Temporal's failure converter could get out of it. */
function printed(thrown: unknown): string {
  const all = [
    String(thrown),
    JSON.stringify(thrown),
    inspect(thrown, { depth: null, showHidden: true, getters: true }),
  ];
  for (let at = thrown; typeof at === 'object' && at !== null; at = Object.getPrototypeOf(at)) {
    for (const key of Reflect.ownKeys(at)) {
      all.push(String(key), inspect(Reflect.get(at, key), { depth: null, showHidden: true }));
    }
  }
  return all.join('\n').toLowerCase();
}

const kinds = new Set<string>();

function expectClean(failure: unknown): void {
  expect(isAr24Error(failure)).toBe(true);
  if (isAr24Error(failure)) kinds.add(failure.kind);
  const text = printed(failure);
  expect(NEEDLES.filter((needle) => text.includes(needle.toLowerCase()))).toEqual([]);
  expect(failure).not.toHaveProperty('cause');
}

describe.each(Object.entries(CALLS))('%s', (name, call) => {
  // Calls whose result nobody reads take such an answer for what it is: a success.
  const unread = name === 'requestAccess' || name === 'requestTerms' || name === 'orderIdentity';
  const behaviours = Object.entries(hostile).filter(
    ([what]) => !unread || !/^(a user|a flag|fields)/.test(what),
  );

  it.each(behaviours)('shows nothing of %s', async (_, behaviour) => {
    const { client } = await ar24(behaviour, { timeoutMs: 250, maxAnswerBytes: 5000 });
    expectClean(await failureOf(call(client)));
  });

  it('shows nothing when nobody listens', async () => {
    expectClean(await failureOf(call(clientOf('http://127.0.0.1:1/api/'))));
  });
});

it('covered every kind of failure above', () => {
  expect([...kinds].sort()).toEqual([
    'clock',
    'contract',
    'credentials',
    'maintenance',
    'network',
    'refused',
    'throttled',
    'timeout',
    'unknown-slug',
  ]);
});
