/** JWTs with published keys, as Kinde and FusionAuth send them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash, createHmac } from 'node:crypto';
import { HttpProblem } from '../../../../gateway/problems/problem.ts';
import {
  AUDIENCE,
  ISSUER,
  startIdentityProvider,
  type IdentityProvider,
} from '../../../codec-server/identity-provider.ts';
import { BODY, outcome, sourceOf } from './scheme.ts';

const now = () => Date.now();
const toBase64url = (part: unknown): string =>
  part === '' ? '' : Buffer.from(JSON.stringify(part)).toString('base64url');

let provider: IdentityProvider;
beforeAll(async () => {
  provider = await startIdentityProvider();
});
afterAll(() => provider.stop());

const kinde = () => ({
  scheme: 'jwt',
  jwksUrl: provider.jwksUrl,
  requiredClaims: ['event_id', 'type', 'source'],
  sentAt: '$.timestamp',
  maxAgeSeconds: 600,
});
const event = (more: object = {}) => ({
  type: 'left',
  id: 'customer-42',
  event_id: 'event_1',
  source: 'admin',
  timestamp: new Date().toISOString(),
  ...more,
});
const asBody = async (settings: object, token: string) => outcome(settings, {}, token, []);

test('Kinde: the body is the token, its claims are the event', async () => {
  const token = await provider.token({ expiresIn: null, more: event() });
  const verdict = await sourceOf(kinde(), []).verify({}, Buffer.from(`${token}\n`));
  if (!verdict.authentic) throw new Error(verdict.why);
  expect(JSON.parse(verdict.signed.toString())).toMatchObject({ id: 'customer-42' });
});

test.each<readonly [string, string, () => Promise<string>]>([
  [
    'the token of a person who logs in, signed by the same keys',
    'wrong signature',
    () => provider.token({ more: { type: 'left', id: 'customer-42' } }),
  ],
  ['a key that is not published', 'no secret matches', () => provider.forged({ more: event() })],
  [
    'an old one',
    'too old',
    () => provider.token({ more: event({ timestamp: new Date(now() - 601_000).toISOString() }) }),
  ],
  ['no time', 'too old', () => provider.token({ more: event({ timestamp: null }) })],
  ['an expired one', 'too old', () => provider.token({ expiresIn: -400, more: event() })],
  [
    'one that is not valid yet',
    'too new',
    () => provider.token({ more: event({ nbf: Math.floor(now() / 1_000) + 900 }) }),
  ],
  ['no token', 'wrong signature', () => Promise.resolve(BODY)],
  [
    'no signature',
    'wrong signature',
    () =>
      Promise.resolve([{ alg: 'none' }, event(), ''].map((part) => toBase64url(part)).join('.')),
  ],
  [
    'a public secret',
    'wrong signature',
    () => {
      const signed = [{ alg: 'HS256', kid: 'one' }, event()].map(toBase64url).join('.');
      const mark = createHmac('sha256', provider.publicKey).update(signed).digest('base64url');
      return Promise.resolve(`${signed}.${mark}`);
    },
  ],
])('%s is refused: %s', async (_name, why, token) => {
  expect(await asBody(kinde(), await token())).toBe(why);
});

test('another issuer or audience is refused if one is configured', async () => {
  const token = await provider.token({ more: event() });
  const right = { ...kinde(), issuer: ISSUER, audience: AUDIENCE };
  expect(await asBody(right, token)).toBe('authentic');
  expect(await asBody({ ...right, issuer: 'https://x' }, token)).toBe('wrong signature');
  expect(await asBody({ ...right, audience: 'x' }, token)).toBe('wrong signature');
});

test('FusionAuth: a token in a header has the hash of the body', async () => {
  const settings = {
    scheme: 'jwt',
    jwksUrl: provider.jwksUrl,
    header: 'X-FusionAuth-Signature-JWT',
    bodyHashClaim: 'request_body_sha256',
  };
  const hash = createHash('sha256').update(BODY).digest('base64');
  const token = await provider.token({ expiresIn: null, more: { request_body_sha256: hash } });
  const headers = { 'x-fusionauth-signature-jwt': token };
  expect(await outcome(settings, headers, BODY, [])).toBe('authentic');
  expect(await outcome(settings, headers, `${BODY} `, [])).toBe('wrong signature');
  expect(await outcome(settings, {}, BODY, [])).toBe('wrong signature');
  const others = { 'x-fusionauth-signature-jwt': await provider.token() };
  expect(await outcome(settings, others, BODY, [])).toBe('wrong signature');
});

test('without its keys no event is accepted, and the sender is asked to try again', async () => {
  const fresh = await startIdentityProvider();
  try {
    const token = await fresh.token({ more: event() });
    const source = sourceOf({ ...kinde(), jwksUrl: fresh.jwksUrl }, []);
    for (const answer of ['failure', 'nonsense', 'too much'] as const) {
      fresh.answerWith(answer);
      const attempt = async () => source.verify({}, Buffer.from(token));
      await expect(attempt()).rejects.toMatchObject({
        name: HttpProblem.name,
        code: 'no-verification-keys',
        retryAfter: 30,
      });
    }
  } finally {
    await fresh.stop();
  }
});
