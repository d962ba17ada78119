/** Standard Webhooks, the default scheme of a source; and settings that contradict each other. */
import { expect, test } from '@jest/globals';
import {
  parseSecret,
  standardWebhooks,
} from '../../../../gateway/events/signatures/standard-webhooks.ts';
import { aSecret, signedHeaders } from '../events.ts';
import { BODY, faultsOf, outcome, type Headers } from './scheme.ts';

const now = () => Date.now();

type Fault = readonly [signature: object, fault: string, secrets?: readonly string[]];

const secret = aSecret();
const good = signedHeaders(BODY, secret);
const send = (headers: Headers) => outcome(undefined, headers, BODY, [secret]);

test('an incomplete set of headers beside a complete one is ignored, and so is an unknown one', async () => {
  const svix = signedHeaders(BODY, secret, { prefix: 'svix' });
  expect(await send({ ...svix, 'webhook-id': 'msg_1' })).toBe('authentic');
  expect(await send({ ...good, 'svix-signature': 'v1,AAAA' })).toBe('authentic');
  expect(await send({ ...signedHeaders(BODY, aSecret()), ...svix })).toBe('authentic');
  const { 'webhook-id': id = '', ...rest } = good;
  expect(await send({ ...rest, 'svix-id': id })).toBe('wrong signature');
});

test('the reason of a refusal is one of five words', async () => {
  const at = (seconds: number) =>
    signedHeaders(BODY, secret, { at: new Date(now() + seconds * 1_000) });
  expect(await send(at(-301))).toBe('too old');
  expect(await send(at(303))).toBe('too new');
  expect(await send(signedHeaders(BODY, aSecret()))).toBe('no secret matches');
  expect(await send({ ...good, 'webhook-id': 'msg_other' })).toBe('no secret matches');
  for (const signature of ['v1,AAAA', '', 'v2,x', 'nonsense'])
    expect(await send({ ...good, 'webhook-signature': signature })).toBe('wrong signature');
  expect(await send({ ...good, 'webhook-timestamp': 'yesterday' })).toBe('wrong signature');
  expect(await send({})).toBe('wrong signature');
});

test('bytes that are not UTF-8 are refused, although they decode to the signed text', () => {
  const body = Buffer.from('{"was":"\ufffd"}');
  const at = body.indexOf(0xef);
  const broken = Buffer.concat([body.subarray(0, at), Buffer.of(0xff), body.subarray(at + 3)]);
  expect(broken.toString()).toBe(body.toString());
  const verify = standardWebhooks([parseSecret(secret) ?? Buffer.alloc(0)]);
  const headers = signedHeaders(body.toString(), secret);
  expect([verify(headers, body), verify(headers, broken)]).toMatchObject([
    { authentic: true },
    { authentic: false },
  ]);
});

test('an impossible configuration is an error at the start of the gateway', () => {
  const base = { scheme: 'hmac-sha256', header: 'x-signature' };
  const jwt = { scheme: 'jwt', jwksUrl: 'https://example.org/jwks' };
  const faults: readonly Fault[] = [
    [{ scheme: 'none' }, 'signature.scheme: scheme has to be standard-webhooks'],
    [{ ...base, encoding: 'base32' }, 'signature.encoding: hex or base64'],
    [{ ...base, header: 'x signature' }, 'signature.header: the name of a header'],
    [base, 'secrets.0: 16 characters or more', ['short']],
    [{ ...base, maxAgeSeconds: 60 }, 'signature.maxAgeSeconds: needs timestampHeader'],
    [
      { ...base, timestampHeader: 'a', parts: { timestamp: 't', signature: 'v1' } },
      'signature.parts: parts and timestampHeader exclude',
    ],
    [jwt, 'signature.requiredClaims: is needed if the body is the token', []],
    [{ ...jwt, header: 'x-jwt' }, 'signature.bodyHashClaim: header and bodyHashClaim', []],
    [
      { ...jwt, requiredClaims: ['type'], jwksUrl: 'http://example.org/jwks' },
      'signature.jwksUrl: https is needed',
      [],
    ],
    [
      { ...jwt, requiredClaims: ['type'], jwksUrl: 'file:///etc/passwd' },
      'signature.jwksUrl: the address of a JWKS',
      [],
    ],
    [{ ...jwt, requiredClaims: ['type'] }, 'secrets.0: a JWT is verified by the keys'],
    [{ ...jwt, requiredClaims: ['type'], maxAgeSeconds: 5 }, 'maxAgeSeconds: needs sentAt', []],
  ];
  for (const [signature, fault, secrets] of faults) {
    expect(faultsOf(signature, secrets)).toContain(fault);
  }
});
