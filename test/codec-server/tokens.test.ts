/** Which tokens may read: the identity provider's, for this audience, until they expire. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { base64url, SignJWT, UnsecuredJWT } from 'jose';
import { callCodec, codeIn } from './call-codec.ts';
import {
  AUDIENCE,
  ISSUER,
  startIdentityProvider,
  type Claims,
  type IdentityProvider,
} from './identity-provider.ts';
import { bodyOf, encrypted, startCodec, UI, valuesIn, type CodecUnderTest } from './server.ts';

const rules = { kind: 'token', issuer: ISSUER, audience: AUDIENCE } as const;

let provider: IdentityProvider;
let codec: CodecUnderTest;

beforeAll(async () => {
  provider = await startIdentityProvider();
  codec = await startCodec({ ...rules, jwksUrl: provider.jwksUrl });
});

afterAll(() => provider.stop());

async function decodeWith(authorization: string, { endpoint } = codec) {
  const body = bodyOf(await encrypted('plain text'));
  return callCodec(`${endpoint}/decode`, { body, headers: { authorization, origin: UI } });
}

const withToken = async (claims: Claims = {}, to = codec) =>
  decodeWith(`Bearer ${await provider.token(claims)}`, to);

test("a valid token may read, and the provider's keys are fetched once", async () => {
  const before = provider.keyRequests();
  for (let time = 0; time < 5; time += 1) {
    const answer = await withToken();
    expect(answer.status).toBe(200);
    expect(valuesIn(answer.text)).toEqual(['plain text']);
  }
  expect(provider.keyRequests() - before).toBeLessThanOrEqual(1);
});

test.each(['Bearer  ', 'bearer\t'])('a token is found after %j', async (before) => {
  expect((await decodeWith(`${before}${await provider.token()}`)).status).toBe(200);
});

describe('refused without a reason in the answer', () => {
  const inTime = { iss: ISSUER, aud: AUDIENCE, exp: Math.floor(Date.now() / 1_000) + 300 };

  test.each<readonly [string, () => Promise<string> | string]>([
    ['no token', () => ''],
    ['an empty one', () => 'Bearer '],
    ['text that is no token', () => 'Bearer jeanne@example.org'],
    ['another scheme', async () => `Basic ${await provider.token()}`],
    ['another issuer’s', async () => `Bearer ${await provider.token({ issuer: `${ISSUER}/` })}`],
    ['one for another audience', async () => `Bearer ${await provider.token({ audience: 'crm' })}`],
    ['an expired one', async () => `Bearer ${await provider.token({ expiresIn: -60 })}`],
    ['one without an expiry', async () => `Bearer ${await provider.token({ expiresIn: null })}`],
    [
      'one that is not valid yet',
      async () =>
        `Bearer ${await provider.token({ more: { nbf: Math.floor(Date.now() / 1_000) + 600 } })}`,
    ],
    ['one signed by another key with the same id', async () => `Bearer ${await provider.forged()}`],
    ['an unsigned one', () => `Bearer ${new UnsecuredJWT(inTime).encode()}`],
    [
      'one signed with the public key as a secret',
      async () => {
        const secret = new TextEncoder().encode(provider.publicKey);
        const token = new SignJWT(inTime).setProtectedHeader({ alg: 'HS256', kid: 'one' });
        return `Bearer ${await token.sign(secret)}`;
      },
    ],
    [
      'one with other claims than were signed',
      async () => {
        const [header, , signature] = (await provider.token()).split('.');
        const claims = base64url.encode(JSON.stringify({ ...inTime, sub: 'somebody-else' }));
        return `Bearer ${header}.${claims}.${signature}`;
      },
    ],
  ])('%s', async (_what, authorization) => {
    const answer = await decodeWith(await authorization());
    expect(codeIn(answer)).toEqual([401, 'unauthorised']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.text).not.toMatch(/jeanne|plain text|expired|issuer/);
  });

  test('a body is not even read', async () => {
    const large = 'A'.repeat(5 * 1024 * 1024);
    const answer = await callCodec(`${codec.endpoint}/decode`, { body: large }).catch(
      () => undefined,
    );
    // Unless the connection is closed in the middle of the request.
    expect(answer?.status ?? 401).toBe(401);
  });

  test('a valid token, sent by another page', async () => {
    const headers = {
      authorization: `Bearer ${await provider.token()}`,
      origin: 'https://evil.example',
    };
    const answer = await callCodec(`${codec.endpoint}/decode`, { body: '{}', headers });
    expect(codeIn(answer)).toEqual([403, 'origin-refused']);
  });
});

test('without a token, a browser may send its preflight and anybody may call /live', async () => {
  const preflight = await callCodec(`${codec.endpoint}/decode`, {
    method: 'OPTIONS',
    headers: { origin: UI, 'access-control-request-method': 'POST' },
  });
  expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, UI]);
  expect((await callCodec(`${codec.url}/live`, { method: 'GET' })).status).toBe(200);
});

describe('with a namespace in the settings', () => {
  let bounded: CodecUnderTest;

  beforeAll(async () => {
    bounded = await startCodec({ ...rules, jwksUrl: provider.jwksUrl, namespace: 'senders' });
  });

  test.each([
    ['senders:read', 200, 403],
    ['senders:Write', 200, 200],
    ['senders:admin', 200, 200],
    ['temporal-system:admin', 200, 200],
    ['senders:worker', 403, 403],
    ['other:admin', 403, 403],
    ['senders', 403, 403],
    ['x:senders:read', 403, 403],
    [undefined, 403, 403],
    [7, 403, 403],
  ])('%j: decoding is answered %i, encoding %i', async (permission, decoding, encoding) => {
    const permissions = permission === undefined ? undefined : ['other:read', permission];
    const token = await provider.token({ more: { permissions } });
    const headers = { authorization: `Bearer ${token}` };
    const answers = ['decode', 'encode'].map((path) =>
      callCodec(`${bounded.endpoint}/${path}`, { body: '{}', headers }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([decoding, encoding]);
  });
});

test.each(['failure', 'nonsense', 'too much'] as const)(
  'if the provider answers with %s instead of keys, no token is accepted until it is back',
  async (answer) => {
    const own = await startIdentityProvider();
    const server = await startCodec({ ...rules, jwksUrl: own.jwksUrl });
    const token = `Bearer ${await own.token()}`;
    own.answerWith(answer);
    expect(codeIn(await decodeWith(token, server))).toEqual([503, 'no-verification-keys']);
    own.answerWith('keys');
    expect((await decodeWith(token, server)).status).toBe(200);
    // A key that was fetched before stays valid while the provider is away.
    await own.stop();
    expect((await decodeWith(token, server)).status).toBe(200);
    expect(codeIn(await decodeWith(`Bearer ${await own.forged()}`, server))[0]).toBe(401);
  },
);

test('neither a token nor its subject is in the log', async () => {
  const token = await provider.token();
  await decodeWith(`Bearer ${token}`);
  expect(codec.logged()).toContain('"route":"/decode"');
  expect(codec.logged()).not.toContain(token.slice(0, 30));
  expect(codec.logged()).not.toContain('operator-7');
});
