/**
 * AR24's answers, altered: a call ends in a documented result or in one of the library's own
 * errors, which never repeats an answer.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decryptAnswer, encryptAnswer } from '../../ar24/crypto.ts';
import { Ar24Error, isAr24Error } from '../../ar24/index.ts';
import { retryAfterMs } from '../../ar24/retry-after.ts';
import { CALLS, EMAIL, NEW_USER } from '../ar24/calls.ts';
import {
  ar24,
  DATE,
  dateOf,
  NOW,
  PRIVATE_KEY,
  TOKEN,
  type ReceivedRequest,
} from '../ar24/server.ts';
import { inProportion } from '../support/draws.ts';
import { altered, asJson, CANARY, hostileText, mutated, runs } from './hostile.ts';
import { expectSafeError, rejectionOf, thrownBy } from './safe-error.ts';

const USER = {
  id: 4711,
  email: 'jeanne@example.org',
  confirmed: '1',
  cgu: 0,
  name: '',
  firstname: 'Jeanne',
  lastname: 'Désormeaux',
  payment_active: true,
  is_payment_possible: null,
  is_identity_verified: { level: 'eidas' },
  custom_ref: 'customer-42',
  company_siret: '732 829 320 00074',
};
const LONG = 'x'.repeat(50_000);
const LINK = 'https://pay.example.org/1';

const answer = fc.oneof(
  mutated({ status: 'SUCCESS', result: USER }),
  mutated({ status: 'SUCCESS', result: { users: [USER, { ...USER, id: '4712' }], link: LINK } }),
  mutated({ status: 'ERROR', slug: 'user_not_exist', message: CANARY }),
  mutated({ status: 'maintenance' }),
  fc.constantFrom(
    { status: 'SUCCESS', result: USER },
    { status: 'SUCCESS', result: { users: [USER], link: LINK } },
    { status: 'SUCCESS', result: { ...USER, email: LONG, custom_ref: LONG, company_siret: LONG } },
  ),
);
const status = fc.oneof(
  { weight: 4, arbitrary: fc.constant(200) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) },
);
/** In clear, encrypted for the request or for another one, or damaged on the way. */
const wrapping = fc.constantFrom<(json: string, date: string) => string>(
  (json) => json,
  (json) => `\uFEFF \n${json}`,
  (json, date) => encryptAnswer(json, date, PRIVATE_KEY),
  (json, date) => encryptAnswer(json, date, PRIVATE_KEY).replaceAll(/.{64}/g, '$&\r\n'),
  (json) => encryptAnswer(json, '2026-01-01 00:00:00', PRIVATE_KEY),
  (json, date) => encryptAnswer(json, date, PRIVATE_KEY).slice(0, -7),
);

const FLAG = expect.stringMatching(/^(yes|no|unseen)$/);
const FLAGS = {
  confirmed: FLAG,
  cgu: FLAG,
  name: FLAG,
  paymentActive: FLAG,
  identityVerified: FLAG,
};
const KNOWN = ['id', 'email', 'customRef', 'companySiret', ...Object.keys(FLAGS)];

/** Only the documented fields of a user, none of them long enough to fill a history. */
function expectUser(user: object): void {
  expect(user).toMatchObject({ id: expect.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), ...FLAGS });
  expect(KNOWN).toEqual(expect.arrayContaining(Object.keys(user)));
  expect(JSON.stringify(user).length).toBeLessThan(6_500);
}

function expectResult(result: unknown): void {
  const { value: user = result } = Object(result) as { value?: unknown };
  if (typeof user === 'object' && user !== null && 'id' in user) expectUser(user);
}

const SECRETS = [CANARY, TOKEN, PRIVATE_KEY, EMAIL, NEW_USER.lastname, USER.lastname, USER.email];
const UNDECRYPTABLE = 'the answer does not decrypt with this date and key';

test('with any altered answer, a call ends in a user, a link, or an error that repeats nothing of it', async () => {
  let respond: (seen: ReceivedRequest) => { readonly code: number; readonly body: string };
  const { client } = await ar24((seen, reply) => {
    const { code, body } = respond(seen);
    return reply.code(code).send(body);
  });
  const ends = new Map<string, number>();
  const call = fc.constantFrom(...Object.values(CALLS));
  await fc.assert(
    fc.asyncProperty(call, status, asJson(answer), wrapping, async (make, code, json, wrap) => {
      respond = (seen) => ({ code, body: wrap(json, dateOf(seen)) });
      let result: unknown;
      const failure = await rejectionOf(make(client).then((value) => (result = value)));
      const end = isAr24Error(failure) ? failure.kind : 'result';
      ends.set(end, (ends.get(end) ?? 0) + 1);
      if (failure === undefined) expectResult(result);
      else expectSafeError(failure, { kind: Ar24Error, secrets: SECRETS, most: 400 });
    }),
    runs(750),
  );
  // Otherwise the generated answers are too uniform to prove anything.
  expect([...ends.keys()]).toEqual(expect.arrayContaining(['result', 'contract', 'refused']));
  expect(ends.get('result')).toBeGreaterThan(inProportion(50, 750));
  expect(ends.size).toBeGreaterThan(6);
});

test('no altered ciphertext decrypts to the text, or throws another kind of error', () => {
  const change = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), change, (text, changes) => {
      const encrypted = encryptAnswer(text, DATE, PRIVATE_KEY);
      expect(decryptAnswer(encrypted, DATE, PRIVATE_KEY)).toBe(Buffer.from(text).toString());
      const bytes = Buffer.from(encrypted, 'base64');
      for (const [at, by] of changes) {
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ by;
      }
      const damaged = bytes.toString('base64');
      if (damaged === encrypted) return;
      let clear: string | undefined;
      const failure = thrownBy(() => (clear = decryptAnswer(damaged, DATE, PRIVATE_KEY)));
      expect(clear).not.toBe(Buffer.from(text).toString());
      expect(failure?.message ?? UNDECRYPTABLE).toBe(UNDECRYPTABLE);
    }),
    runs(1_000),
  );
});

test('only base64 of whole blocks is decrypted, and no other text is repeated', () => {
  const base64 = encryptAnswer('a'.repeat(40), DATE, PRIVATE_KEY);
  fc.assert(
    fc.property(fc.oneof(hostileText, altered(base64)), (text) => {
      const failure = thrownBy(() => decryptAnswer(text, DATE, PRIVATE_KEY));
      const known = [undefined, 'not an AR24 ciphertext', UNDECRYPTABLE];
      expect(known).toContain(failure?.message);
    }),
    runs(1_500),
  );
});

test('with any Retry-After the delay is valid and at most an hour', () => {
  const header = fc.oneof(
    hostileText,
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.date({ noInvalidDate: true }).chain((date) => altered(date.toUTCString())),
  );
  fc.assert(
    fc.property(header, (written) => {
      const wait = retryAfterMs(written, NOW) ?? 0;
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(3_600_000);
    }),
    runs(1_500),
  );
});
