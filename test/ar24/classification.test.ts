/** Body and status of an answer together, as AR24, a proxy or another server may send them. */
import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { encryptAnswer } from '../../ar24/crypto.ts';
import type { Ar24ClientOptions } from '../../ar24/index.ts';
import { CALLS, failureOf, ID } from './calls.ts';
import { ar24, dateOf, PRIVATE_KEY, refusal, type ReceivedRequest, success } from './server.ts';

type Body = (seen: ReceivedRequest) => unknown;

async function answered(
  status: number,
  body: Body,
  {
    headers = {},
    ...options
  }: Partial<Ar24ClientOptions> & { headers?: Record<string, string> } = {},
): Promise<unknown> {
  const { client } = await ar24(
    (seen: ReceivedRequest, reply: FastifyReply) =>
      reply.code(status).headers(headers).send(body(seen)),
    options,
  );
  return failureOf(client.requestTerms(ID));
}

const html: Body = () => '<!doctype html><html><body>Bad gateway</body></html>';
const maintenance: Body = () => ({ status: 'maintenance' });
const plain: Body = () => ({ status: 'SUCCESS', result: {} });
const encrypted: Body = (seen) => success(seen);

describe('maintenance', () => {
  it.each([200, 403, 429, 500, 503])('counts with HTTP %i', async (status) => {
    expect(await answered(status, maintenance)).toMatchObject({
      kind: 'maintenance',
      delivered: 'answered',
    });
  });
  it('counts if it is encrypted, too', async () => {
    const body: Body = (seen) =>
      encryptAnswer('{"status":"maintenance"}', dateOf(seen), PRIVATE_KEY);
    expect(await answered(200, body)).toMatchObject({ kind: 'maintenance' });
  });
});

describe('throttling', () => {
  it.each([429, 503])('is HTTP %i with any body', async (status) => {
    for (const body of [html, plain, () => refusal('user_not_exist'), () => '']) {
      expect(await answered(status, body)).toMatchObject({ kind: 'throttled', status });
    }
  });
  it('reads the delay from Retry-After, an hour at most', async () => {
    expect(await answered(429, html, { headers: { 'retry-after': '90' } })).toMatchObject({
      retryAfterMs: 90_000,
    });
    expect(await answered(503, html, { headers: { 'retry-after': '999999' } })).toMatchObject({
      retryAfterMs: 3_600_000,
    });
    expect(await answered(429, html)).toMatchObject({ retryAfterMs: undefined });
  });
});

describe("AR24's own error", () => {
  it.each([200, 400, 401, 403, 404, 422, 500])(
    'is classified by its slug with HTTP %i',
    async (status) => {
      expect(await answered(status, () => refusal('user_not_exist'))).toMatchObject({
        kind: 'refused',
        slug: 'user_not_exist',
      });
    },
  );
  it('is classified by its slug if it is encrypted', async () => {
    const body: Body = (seen) =>
      encryptAnswer(JSON.stringify(refusal('user_unavailable')), dateOf(seen), PRIVATE_KEY);
    expect(await answered(200, body)).toMatchObject({ kind: 'refused', slug: 'user_unavailable' });
  });
  it.each([400, 404, 422, 500])(
    'with an unknown slug and HTTP %i is unknown, not a no',
    async (status) => {
      expect(await answered(status, () => refusal('brand_new'))).toMatchObject({
        kind: 'unknown-slug',
        slug: 'brand_new',
      });
    },
  );
  it.each([401, 403])('with an unknown slug and HTTP %i is a credentials error', async (status) => {
    expect(await answered(status, () => refusal('wrong_signature'))).toMatchObject({
      kind: 'credentials',
      slug: 'wrong_signature',
    });
  });
});

describe('a status by itself', () => {
  it.each([401, 403])('%i is a credentials error', async (status) => {
    expect(await answered(status, html)).toMatchObject({ kind: 'credentials', slug: undefined });
  });
  it.each([408, 500, 502, 504])('%i leaves the outcome unknown', async (status) => {
    expect(await answered(status, html)).toMatchObject({
      kind: 'network',
      delivered: 'unknown',
      status,
    });
  });
  it.each([
    [
      'readUser',
      'AR24 GET /user: no answer (HTTP 502). The request changes nothing at AR24: repeat it.',
    ],
    [
      'createUser',
      'AR24 POST /user: no answer (HTTP 502). Whether AR24 carried it out is unknown: read the account before you repeat the request.',
    ],
  ] as const)('advises what to do after a lost answer to %s', async (name, message) => {
    const { client } = await ar24((_, reply) => reply.code(502).send('Bad gateway'));
    expect(await failureOf(CALLS[name](client))).toMatchObject({ message });
  });
  it('500 with a success leaves the outcome unknown', async () => {
    expect(await answered(500, plain)).toMatchObject({
      kind: 'network',
      delivered: 'unknown',
      status: 500,
    });
    expect(await answered(500, encrypted)).toMatchObject({
      kind: 'network',
      delivered: 'unknown',
      status: 500,
    });
  });
  it.each([408, 502, 504])('%i is no "no" of AR24, with any body', async (status) => {
    const refusals = [() => refusal('user_not_exist'), () => refusal('brand_new')];
    for (const body of [...refusals, plain, maintenance]) {
      expect(await answered(status, body)).toMatchObject({
        kind: 'network',
        delivered: 'unknown',
        status,
      });
    }
  });
  it.each([400, 404, 405, 418])('%i is a breach of contract', async (status) => {
    expect(await answered(status, html)).toMatchObject({
      kind: 'contract',
      reason: 'unexpected-status',
      status,
    });
  });
});

describe('a body', () => {
  it.each([
    ['nothing', 'empty', () => ''],
    ['blanks', 'empty', () => ' \r\n '],
    ["a proxy's page", 'not-json', html],
    ['JSON cut short', 'not-json', () => '{"status":"SUCC'],
    ['base64 cut short', 'undecryptable', (seen: ReceivedRequest) => success(seen).slice(0, -5)],
    [
      'base64 of another key',
      'undecryptable',
      (seen: ReceivedRequest) => encryptAnswer('{"status":"SUCCESS"}', dateOf(seen), 'other'),
    ],
    [
      'base64 of another date',
      'undecryptable',
      () => encryptAnswer('{"status":"SUCCESS"}', '2020-01-01 00:00:00', PRIVATE_KEY),
    ],
    [
      'encrypted text that is no JSON',
      'undecryptable',
      (seen: ReceivedRequest) => encryptAnswer('{status: "SUCCESS"}', dateOf(seen), PRIVATE_KEY),
    ],
    ['a list', 'undecryptable', () => '[{"status":"SUCCESS"}]'],
    ['a word', 'undecryptable', () => 'null'],
  ])('of %s is a breach of contract: %s', async (_, reason, body) => {
    expect(await answered(200, body)).toMatchObject({
      kind: 'contract',
      delivered: 'unknown',
      reason,
    });
  });
  it.each([
    {},
    { status: 'success' },
    { status: 'OK' },
    { status: true },
    { status: null },
    { status: 'Maintenance' },
  ])('of %j has no known status', async (body) => {
    expect(await answered(200, () => body)).toMatchObject({ kind: 'contract', field: 'status' });
  });
  it('may have a byte-order mark, blanks and line breaks around it', async () => {
    expect(await answered(200, (seen) => `\uFEFF \n${success(seen)}\r\n`)).toBeUndefined();
    expect(await answered(200, () => '\uFEFF \n{"status":"SUCCESS"}\r\n')).toBeUndefined();
  });
});

describe('a success that is not encrypted, as for older tokens', () => {
  it('is accepted', async () => {
    expect(await answered(200, plain)).toBeUndefined();
  });
  it('is refused if the client is set so, and an encrypted one is not', async () => {
    expect(await answered(200, plain, { plainAnswers: 'refuse' })).toMatchObject({
      kind: 'contract',
      reason: 'plain-answer',
    });
    expect(await answered(200, encrypted, { plainAnswers: 'refuse' })).toBeUndefined();
  });
  it('is not required of errors, which are never encrypted', async () => {
    const failure = await answered(200, () => refusal('user_not_exist'), {
      plainAnswers: 'refuse',
    });
    expect(failure).toMatchObject({ kind: 'refused' });
  });
});

describe('an answer about another account', () => {
  it('is a contract error', async () => {
    const { client } = await ar24((seen) => success(seen, { id: 2 }));
    expect(await failureOf(client.readUser({ id: '1' }))).toMatchObject({
      kind: 'contract',
      reason: 'other-user',
    });
  });
});

describe('a payment link', () => {
  it.each([
    [{ url: 'https://pay.example/1' }, 'https://pay.example/1'],
    [{ link: null, payment_link: 'https://pay.example/2' }, 'https://pay.example/2'],
    ['https://pay.example/3', 'https://pay.example/3'],
  ])('is found in %j', async (result, link) => {
    const { client } = await ar24((seen) => success(seen, result));
    await expect(client.requestPayment(ID, { link: true })).resolves.toEqual({ link });
  });
  it('is found in the field of the option', async () => {
    const { client } = await ar24(
      (seen) => success(seen, { where: 'https://pay.example/4', link: 'https://no.example' }),
      { paymentLinkFields: ['where'] },
    );
    await expect(client.requestPayment(ID, { link: true })).resolves.toEqual({
      link: 'https://pay.example/4',
    });
  });
  it.each([undefined, null, {}, [], { link: '' }, { link: 'javascript:alert(1)' }, { link: 7 }])(
    'missing in %j is a breach of contract',
    async (result) => {
      const { client } = await ar24((seen) => success(seen, result));
      expect(await failureOf(client.requestPayment(ID, { link: true }))).toMatchObject({
        kind: 'contract',
        field: 'result.link',
      });
    },
  );
});
