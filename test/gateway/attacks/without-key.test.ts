/** Attacks without a key: on the wire, with sign-up events, and as AR24. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { workflowIdOf } from '../../../workflows/contract/index.ts';
import { useDevelopmentServer } from '../../client/development-server.ts';
import { anAddress, aReference } from '../../client/onboardings.ts';
import { clerkEvents, exampleSources, SECRETS, signedHeaders } from '../events/events.ts';
import { ALL, startGatewayUnderTest, type GatewayUnderTest } from '../gateway.ts';
import { sendForEver, sendRaw } from './raw.ts';

const PATH_SECRET = randomBytes(24).toString('base64url');
const CLERK = SECRETS.CLERK_WEBHOOK_SECRETS;
const CRM = SECRETS.CRM_EVENT_SECRETS.split(', ')[0] ?? '';
const AR24S = '185.183.140.195';
const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal, {
    sources: await exampleSources(),
    ar24Webhooks: { secrets: [PATH_SECRET], allowedAddresses: [] },
  });
});

const AUTHORIZED = `Host: evil.example\r\nAuthorization: Bearer ${ALL.key}\r\n`;
const raw = (lines: string) => sendRaw(gateway.url, lines);
const get = (path: string, headers = AUTHORIZED) =>
  raw(`GET ${path} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);

describe('on the wire', () => {
  const put = `PUT /onboardings/${aReference()} HTTP/1.1\r\n${AUTHORIZED}Content-Type: application/json\r\n`;
  const second = 'GET /live HTTP/1.1\r\nHost: x\r\n\r\n';

  test.each([
    ['two lengths', `${put}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}${second}`],
    [
      'a length and chunks',
      `${put}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${second}`,
    ],
    ['odd chunks', `${put}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${second}`],
    ['chunks twice', `${put}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${second}`],
    ['a blank before a colon', `${put}Content-Length : 2\r\n\r\n{}${second}`],
    ['a bare line feed', `GET /live HTTP/1.1\r\nHost: x\r\nX-A: a\rSet-Cookie: b\r\n\r\n${second}`],
    ['no host', `GET /live HTTP/1.1\r\n\r\n`],
  ])('%s: refused, and nothing after it counts as a request', async (_what, text) => {
    expect(await raw(text)).toMatchObject({ status: 400, answers: 1 });
  });

  test('an endless body is cut off, and so are endless headers', async () => {
    const chunk = `1000\r\n${'x'.repeat(0x1000)}\r\n`;
    const body = await sendForEver(gateway.url, `${put}Transfer-Encoding: chunked\r\n\r\n`, chunk);
    expect(body).toMatchObject({ status: 413, body: expect.stringContaining('too-large') });
    const headers = `GET /live HTTP/1.1\r\nHost: x\r\n`;
    const endless = await sendForEver(gateway.url, headers, `X-A: ${'a'.repeat(1_000)}\r\n`);
    expect(endless.status).toBe(431);
  });

  test.each([
    ...[
      '%00',
      'a%00b',
      'jeanne%40example.org',
      'a%2Fevents',
      '..%2f..%2flive',
      'x%0d%0aSet-Cookie:a',
    ],
    ...[
      '%D0%B0bc',
      'a%EF%BC%8E',
      'jeanne@example.org%',
      'jeanne%E0%A4%A',
      'a'.repeat(129),
      'a'.repeat(3_000),
    ],
    ...['/x', '../live', './x', 'x//', 'x/events/..', 'X?__proto__[a]=1'],
  ])('the path /onboardings/%s is not found, and is not repeated', async (path) => {
    for (const headers of [AUTHORIZED, 'Host: x\r\n']) {
      const { status, head, body } = await get(`/onboardings/${path}`, headers);
      expect([400, 401, 404]).toContain(status);
      expect(head).toContain('application/problem+json');
      expect(head.toLowerCase()).not.toContain('set-cookie');
      expect(body).not.toMatch(/jeanne|a{100}/);
    }
  });

  test('another spelling of a route is no route', async () => {
    for (const path of [
      '/ONBOARDINGS/x',
      '//onboardings/x',
      '/%6fnboardings//x',
      '/live/../onboardings',
      '*',
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  test('neither Host, X-Forwarded-… nor an absolute URL appears in an answer', async () => {
    const forwarded = `${AUTHORIZED}X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\nX-Forwarded-Proto: evil\r\n`;
    const reference = aReference();
    const body = JSON.stringify({ email: anAddress() });
    const written = `${forwarded}Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
    const answers = [
      await raw(`PUT /onboardings/${reference} HTTP/1.1\r\n${written}`),
      await get(`http://evil.example/onboardings/${aReference()}`, forwarded),
      await get('//evil.example/docs', forwarded),
      await get('/docs', forwarded),
      await get('/docs/', forwarded),
      await get('/openapi.json', forwarded),
      await get('/problems', forwarded),
      await get('/s/x/done', forwarded),
    ];
    for (const { head, body } of answers) expect(head + body).not.toContain('evil');
    expect(answers[0]?.head).toContain(`location: ${gateway.url}/onboardings/${reference}`);
  });

  test.each(['%', '[', 'a b', '^', ''])('a Host of %j is harmless', async (host) => {
    for (const path of ['/docs', '/docs/', '/live', '/openapi.json']) {
      expect((await get(path, `Host: ${host}\r\n`)).status).toBeLessThan(500);
    }
  });

  test('no header and no parameter changes the method or the path', async () => {
    const reference = aReference();
    const tricks = ['X-HTTP-Method-Override: PUT', 'X-HTTP-Method: PUT', 'X-Method-Override: PUT'];
    const paths = ['X-Original-URL: /live', 'X-Rewrite-URL: /live'];
    const headers = `${AUTHORIZED}${[...tricks, ...paths].join('\r\n')}\r\n`;
    const unknown = await get(`/onboardings/${reference}?_method=PUT`, headers);
    expect([unknown.status, unknown.body]).toEqual([400, expect.stringContaining('_method')]);
    const { status, body } = await get(`/onboardings/${reference}`, headers);
    expect([status, body]).toEqual([404, expect.stringContaining('onboarding-not-found')]);
  });
});

describe('with sign-up events', () => {
  const post = (source: string, body: string, headers: Record<string, string>) =>
    gateway.call('POST', `/events/${source}`, { body, headers, key: null });
  const anEvent = (secret: string, body = '{"type":"other"}') =>
    [body, signedHeaders(body, secret)] as const;

  test('one source cannot send for another, and the answer does not show which sources exist', async () => {
    const answers = [];
    const sources = ['supabase', 'CRM', 'crm%2F', '..%2Fcrm', 'crm%00', '__proto__', 'constructor'];
    for (const source of sources) answers.push(await post(source, ...anEvent(CRM)));
    answers.push(await post('crm', ...anEvent(CLERK)), await post('clerk', ...anEvent(CRM)));
    for (const { status, json } of answers) {
      expect({ ...json, instance: '', status }).toEqual({
        ...answers[0]?.json,
        instance: '',
        status: 401,
      });
    }
    expect((await post('crm', ...anEvent(CRM))).status).toBe(204);
  });

  test('no part of a signature can be moved, left out or repeated', async () => {
    const { created } = await clerkEvents(aReference(), anAddress());
    const good = signedHeaders(created, CLERK);
    const {
      'webhook-id': id = '',
      'webhook-timestamp': at = '',
      'webhook-signature': mark = '',
    } = good;
    const tricks: readonly (readonly [Record<string, string>, string])[] = [
      [{ ...good, 'webhook-id': `${id}.${at}`, 'webhook-timestamp': '' }, created],
      [{ ...good, 'webhook-timestamp': `${Number(at) + 1}` }, created],
      [{ ...good, 'webhook-timestamp': 'NaN' }, created],
      [{ ...good, 'webhook-signature': mark.replace('v1,', 'v1a,') }, created],
      [{ ...good, 'webhook-signature': mark.slice(3) }, created],
      [{ ...good, 'webhook-signature': 'v1' }, created],
      [
        { ...good, 'webhook-signature': Array.from({ length: 200 }, () => 'v1,AAAA').join(' ') },
        created,
      ],
      [{ ...good, 'webhook-id': `${id}, ${id}` }, created],
      [good, `${created} `],
      [good, ''],
      [{ authorization: `Bearer ${ALL.key}` }, created],
    ];
    for (const [headers, body] of tricks)
      expect((await post('clerk', body, headers)).status).toBe(401);
  });

  test('a recorded event has no effect when an attacker sends it again', async () => {
    const reference = aReference();
    const { created, deleted } = await clerkEvents(reference, anAddress());
    const recorded = [created, deleted].map((body) => [body, signedHeaders(body, CLERK)] as const);
    for (const event of [...recorded, ...recorded]) {
      expect((await post('clerk', ...event)).status).toBe(202);
    }
    const runs = await here.temporal.workflow.getHandle(workflowIdOf(reference)).fetchHistory();
    const signals = (runs.events ?? []).filter(
      (event) => event.workflowExecutionSignaledEventAttributes,
    );
    expect(signals).toHaveLength(1);
  });

  test.each([
    ['brackets without an end', '['.repeat(60_000), 400],
    [
      'deep objects',
      `{"type":"user.created","data":${'{"data":'.repeat(7_000)}1${'}'.repeat(7_001)}`,
      422,
    ],
    [
      'a prototype',
      '{"__proto__":{"type":"user.deleted"},"constructor":{"type":"user.deleted"}}',
      422,
    ],
    ['a path as the reference', '{"type":"user.deleted","data":{"id":"../x"}}', 422],
    [
      'an address as the reference',
      '{"type":"user.deleted","data":{"id":"jeanne@example.org"}}',
      422,
    ],
    ['a line break in the type', '{"type":"a\\n{\\"level\\":\\"error\\"}"}', 204],
  ])('%s, signed: refused, and not repeated', async (_what, body, status) => {
    const answer = await post('clerk', ...anEvent(CLERK, body));
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(/jeanne|\.\.\/x/);
  });
});

describe("as AR24's webhooks", () => {
  const post = (at: GatewayUnderTest, body: string, forwarded?: string) =>
    at.call('POST', `/webhooks/ar24/${PATH_SECRET}`, {
      body,
      key: null,
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    });
  const filtered = (trustedProxies: readonly string[]) =>
    startGatewayUnderTest(here.temporal, {
      trustedProxies,
      ar24Webhooks: { secrets: [PATH_SECRET], allowedAddresses: [AR24S] },
    });

  test('an address that is only claimed in a header is refused', async () => {
    const bare = await filtered(['192.0.2.1']);
    expect((await post(bare, '{}', AR24S)).status).toBe(403);
    const behind = await filtered(['127.0.0.1']);
    expect((await post(behind, '{}', `${AR24S}, 198.51.100.9`)).status).toBe(403);
    expect((await post(behind, '{}', `::ffff:${AR24S}, nonsense`)).status).toBe(403);
    expect((await post(behind, '{}', `198.51.100.9, ${AR24S}`)).status).toBe(200);
  });

  test('any body is at most a hint: no state is read from it, and no error results', async () => {
    const bodies = [
      '['.repeat(60_000),
      `${'{"user":'.repeat(6_000)}1${'}'.repeat(6_000)}`,
      '{"__proto__":{"id_user":"1"},"constructor":{"prototype":{}}}',
      `{"id_user":"1' OR WorkflowType = 'x","email":"' OR '' = '@example.org"}`,
      `[${'"[1]",'.repeat(9_000)}1]`,
      'a[b][c][d]=1&'.repeat(4_500),
      '%00=%00&%E0%A4%A=1',
      '',
    ];
    for (const body of bodies) expect((await post(gateway, body)).status).toBe(200);
    expect((await post(gateway, 'x'.repeat(70_000))).status).toBe(413);
    expect(Object.prototype).not.toHaveProperty('id_user');
  });
});

test('nothing of these attacks is logged: no key, no secret, no address, no text of an attacker', () => {
  const lines = gateway.logged().trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).not.toContainEqual(
    expect.objectContaining({ level: 'error' }),
  );
  const secrets = [PATH_SECRET, CLERK.slice(6), CRM.slice(6), ALL.key];
  for (const secret of secrets) expect(gateway.logged()).not.toContain(secret);
  expect(gateway.logged()).not.toMatch(/jeanne|@example|evil|whsec_|onb_/);
});
