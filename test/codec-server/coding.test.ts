/** What the codec server answers, and which requests it refuses. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createEncryptionKey, parseEncryptionKeys } from '../../codec/index.ts';
import { callCodec, codeIn } from './call-codec.ts';
import {
  bodyOf,
  encrypted,
  SECRET,
  startCodec,
  UI,
  valuesIn,
  type CodecUnderTest,
} from './server.ts';

const JEANNE = 'jeanne@example.org';
/** The text in each of its three base64 forms, and in clear. */
const HIDDEN = [JEANNE, ...['', '-', '--'].map((before) => base64(before + JEANNE).slice(4, -4))];

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

let codec: CodecUnderTest;
let port: string;

beforeAll(async () => {
  codec = await startCodec();
  ({ port } = new URL(codec.url));
});

const decode = (body: string, headers: Readonly<Record<string, string>> = {}) =>
  callCodec(`${codec.endpoint}/decode`, { body, headers });

describe('decoding', () => {
  test("returns each value, with and without a workflow's name in it", async () => {
    const payloads = [
      await encrypted({ email: JEANNE }),
      await encrypted([JEANNE], undefined, 'sender-onboarding/demo'),
      await encrypted(undefined),
    ];
    const answer = await decode(bodyOf(...payloads), { 'x-namespace': 'default' });
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['content-type']).toContain('application/json');
    expect(valuesIn(answer.text)).toEqual([{ email: JEANNE }, [JEANNE], null]);
  });

  test('adds no metadata, so that the command line prints JSON and not base64', async () => {
    const { text } = await decode(bodyOf(await encrypted(JEANNE)));
    const { payloads } = JSON.parse(text) as { payloads: readonly { metadata: object }[] };
    expect(payloads.map(({ metadata }) => metadata)).toEqual([{ encoding: base64('json/plain') }]);
  });

  test('works behind an endpoint that ends with a slash', async () => {
    const origin = { origin: UI, 'access-control-request-method': 'POST' };
    const preflight = await callCodec(`${codec.endpoint}//decode`, {
      method: 'OPTIONS',
      headers: origin,
    });
    expect(preflight.headers['access-control-allow-origin']).toBe(UI);
    const { status, text } = await callCodec(`${codec.endpoint}//decode`, {
      body: bodyOf(await encrypted(JEANNE)),
      headers: { origin: UI },
    });
    expect([status, valuesIn(text)]).toEqual([200, [JEANNE]]);
    const other = await callCodec(`${codec.url}//wrong-${SECRET}//decode`, { body: bodyOf() });
    expect(codeIn(other)).toEqual([404, 'no-such-route']);
  });

  test('leaves payloads of other formats unchanged', async () => {
    const foreign = [
      { metadata: { encoding: base64('json/plain') }, data: base64('"plain"') },
      { metadata: { encoding: base64('binary/null') } },
      { metadata: { encoding: base64('binary/zlib') }, data: '_-8=', externalPayloads: [] },
      {},
    ];
    const { status, text } = await decode(bodyOf(...foreign));
    expect([status, JSON.parse(text)]).toEqual([200, { payloads: foreign }]);
  });

  test.each(['{}', '{"payloads":null}', '{"payloads":[]}'])(
    'accepts %s as an empty list',
    async (body) => {
      const { status, text } = await decode(body);
      expect([status, JSON.parse(text)]).toEqual([200, { payloads: [] }]);
    },
  );

  test('marks a payload that cannot be read, and decodes the rest', async () => {
    const good = await encrypted('readable');
    const unknown = await encrypted(JEANNE, parseEncryptionKeys(createEncryptionKey('2031-01')));
    const bytes = Buffer.from(good.data, 'base64');
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    const altered = { ...good, data: bytes.toString('base64') };
    const short = { ...good, data: '' };
    const moved = {
      ...good,
      metadata: { ...good.metadata, 'encryption-workflow-id': base64('another') },
    };
    const { status, text } = await decode(bodyOf(unknown, altered, short, moved, good));
    expect(status).toBe(200);
    expect(valuesIn(text)).toEqual([
      expect.stringMatching(/^\[encrypted with the key 2031-01-\w{8}, which .* not have\]$/),
      ...[altered, short, moved].map(() => expect.stringContaining('[unreadable: altered')),
      'readable',
    ]);
  });
});

test('an encoded value is unreadable, and can be decoded again', async () => {
  const plain = { metadata: { encoding: base64('json/plain') }, data: base64(`"${JEANNE}"`) };
  const encoded = await callCodec(`${codec.endpoint}/encode`, { body: bodyOf(plain) });
  expect(encoded.status).toBe(200);
  for (const hidden of HIDDEN) expect(encoded.text).not.toContain(hidden);
  expect(valuesIn((await decode(encoded.text)).text)).toEqual([JEANNE]);
});

describe('refused is', () => {
  test.each([
    ['text that is not JSON', 'jeanne@example.org'],
    ['an empty body', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['payloads that are text', '{"payloads":"jeanne@example.org"}'],
    ['a payload that is text', '{"payloads":["jeanne@example.org"]}'],
    ['bytes that are not base64', '{"payloads":[{"data":"jeanne@example.org"}]}'],
    ['metadata of other kinds', '{"payloads":[{"metadata":{"a":["jeanne@example.org"]}}]}'],
    ['a prototype', '{"payloads":[{"metadata":{"__proto__":"AAAA"}}]}'],
    ['a deep nest', `{"payloads":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['more payloads than any event has', `{"payloads":[${'{},'.repeat(10_000)}{}]}`],
  ])('%s: 400, and no part of it is repeated', async (_what, body) => {
    const answer = await decode(body);
    expect(codeIn(answer)).toEqual([400, 'invalid-request']);
    expect(answer.text).not.toContain('jeanne');
  });

  test('a body that is too large or has another content type', async () => {
    const large = `{"payloads":[{"data":"${'A'.repeat(4 * 1024 * 1024)}"}]}`;
    expect(codeIn(await decode(large))).toEqual([413, 'too-large']);
    const form = await decode('{}', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(codeIn(form)).toEqual([415, 'unsupported-media-type']);
    const text = await decode('{}', { 'content-type': 'text/plain' });
    expect(codeIn(text)).toEqual([415, 'unsupported-media-type']);
  });

  test.each([
    ['without the secret', '/decode'],
    ['with another', `/${SECRET}x/decode`],
    ['with a part of it', `/${SECRET.slice(0, -1)}/decode`],
    ['to another path', `/${SECRET}/download`],
    ['to the root', '/'],
    ['with dots in the path', `/${SECRET}/../decode`],
    ['with an invalid escape', '/%ff/decode'],
  ])('a call %s: 404', async (_what, path) => {
    const answer = await callCodec(`http://127.0.0.1:${port}${path}`, { body: '{}' });
    expect(codeIn(answer)).toEqual([404, 'no-such-route']);
  });

  test('another method', async () => {
    const answer = await callCodec(`${codec.endpoint}/decode`, { method: 'GET' });
    expect(codeIn(answer)).toEqual([404, 'no-such-route']);
  });

  test.each(['https://evil.example', 'null', `${UI}.evil.example`, 'http://temporal.example.org'])(
    'a page of the origin %s, also in the preflight',
    async (origin) => {
      const body = bodyOf(await encrypted(JEANNE));
      const answer = await decode(body, { origin });
      expect(codeIn(answer)).toEqual([403, 'origin-refused']);
      const preflight = await callCodec(`${codec.endpoint}/decode`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      expect(preflight.status).toBe(403);
      for (const { headers } of [answer, preflight]) {
        expect(headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );

  test.each(['evil.example', 'evil.example:PORT', '127.0.0.1', 'localhost.evil.example:PORT'])(
    'a call with the host %s',
    async (name) => {
      const host = name.replace('PORT', port);
      expect(codeIn(await decode('{}', { host }))).toEqual([421, 'host-refused']);
    },
  );
});

test('the pages of the UI may call, and the preflight says so', async () => {
  const preflight = await callCodec(`${codec.endpoint}/decode`, {
    method: 'OPTIONS',
    headers: {
      origin: UI,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,x-namespace',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers).toMatchObject({
    'access-control-allow-origin': UI,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers':
      'content-type, authorization, authorization-extras, x-namespace',
    'access-control-allow-credentials': 'true',
    vary: expect.stringContaining('Origin'),
  });
  const answer = await decode(bodyOf(await encrypted('shown')), { origin: UI });
  expect(answer.headers['access-control-allow-origin']).toBe(UI);
  expect(valuesIn(answer.text)).toEqual(['shown']);
  const byName = await decode('{}', { host: `localhost:${port}` });
  expect(byName.status).toBe(200);
});

test('it answers that it is alive', async () => {
  const { status, text } = await callCodec(`${codec.url}/live`, { method: 'GET' });
  expect([status, JSON.parse(text)]).toEqual([200, { live: true }]);
});

test('the number of calls is limited', async () => {
  const [first, second] = [await decode('{}'), await decode('{}')];
  const left = [first, second].map(({ headers }) => Number(headers['x-ratelimit-remaining']));
  expect(left[0]).toBeLessThan(30_000);
  expect(left[1]).toBe((left[0] ?? 0) - 1);
});

test('neither the secret nor a decoded value is in its log', async () => {
  await decode(bodyOf(await encrypted(JEANNE)));
  expect(codec.logged()).toContain('"route":"/:secret/decode"');
  for (const hidden of [SECRET, ...HIDDEN]) expect(codec.logged()).not.toContain(hidden);
});
