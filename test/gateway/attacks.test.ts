/**
 * A caller with a key tries to do more with the partner's API than the key allows, or to damage it.
 * Other entrances: attacks/.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { OnboardingClient } from '../../client/index.ts';
import { freePort } from '../../devserver/port.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { sendRaw } from './attacks/raw.ts';
import { ALL, keyFor, startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const MOST_SIGNALS = 30;
const here = useDevelopmentServer({ 'history.maximumSignalsPerExecution': MOST_SIGNALS });
let gateway: GatewayUnderTest;
let metrics: string;

beforeAll(async () => {
  const port = await freePort();
  metrics = `http://127.0.0.1:${port}/metrics`;
  gateway = await startGatewayUnderTest(here.temporal, {
    metricsAddress: { host: '127.0.0.1', port },
  });
});

const raw = (lines: string) => sendRaw(gateway.url, lines);
const get = (path: string, headers: string) =>
  raw(`GET ${path} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
const start = (reference: string, body: unknown, headers: Record<string, string> = {}) =>
  gateway.call('PUT', `/onboardings/${reference}`, { body, headers });

describe('keys', () => {
  test('a key counts in the Authorization header only', async () => {
    const path = `/onboardings/${aReference()}`;
    const basic = Buffer.from(`${ALL.key}:`).toString('base64');
    const answers = [
      await get(`${path}?key=${ALL.key}&access_token=${ALL.key}`, 'Host: x\r\n'),
      await get(path, `Host: x\r\nX-Api-Key: ${ALL.key}\r\nCookie: key=${ALL.key}\r\n`),
      await get(path, `Host: x\r\nAuthorization: Basic ${basic}\r\n`),
      await get(path, `Host: x\r\nAuthorization: ${ALL.key}\r\n`),
      await get(path, `Host: x\r\nAuthorization: Bearer\r\nAuthorization: Bearer ${ALL.key}\r\n`),
      await get(path, `Host: x\r\nAuthorization: Bearer ${ALL.key.slice(0, -1)}\r\n`),
      await get(path, `Host: x\r\nAuthorization: Bearer ${ALL.key.toLowerCase()}\r\n`),
      await get(path, `Host: x\r\nAuthorization: Bearer ${ALL.written.split(':')[2] ?? ''}\r\n`),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
  });

  test('a key without the scope for reads cannot find out which references exist', async () => {
    const known = aReference();
    await start(known, { email: anAddress() });
    const paths = ['', '/events', '/registration', '/checks', '/links', '/cancellation'];
    for (const key of [null, 'onb_made-up', keyFor('override')]) {
      for (const path of paths) {
        const answerFor = async (reference: string, method: string) => {
          const { status, json } = await gateway.call(method, `/onboardings/${reference}${path}`, {
            key,
          });
          return { ...json, instance: '', status };
        };
        for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
          const answer = await answerFor(known, method);
          expect(answer).toEqual(await answerFor(aReference(), method));
          expect([401, 403, 405]).toContain(answer.status);
        }
      }
    }
  });
});

describe('bodies', () => {
  const email = '"email":"a@example.org"';

  test.each([
    ['a prototype', `{"__proto__":{"isAdmin":true},${email}}`],
    ['a constructor', `{"constructor":{"prototype":{"isAdmin":true}},${email}}`],
    ['a nested prototype', `{${email},"registration":{"__proto__":{"isAdmin":true}}}`],
    ['a key twice', `{${email},"email":{"$ne":null}}`],
    ['brackets without an end', '['.repeat(60_000)],
    ['objects in objects', `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`],
    ['a list for a text', '{"email":["a@example.org"]}'],
    ['a number for an object', '5'],
    ['a text for a boolean', `{${email},"emailVerified":"true"}`],
    ['a NUL', '{"email":"a\\u0000@example.org"}'],
    ['a second mail header', '{"email":"a@example.org\\r\\nBcc: b@example.org"}'],
    ['a reference of its own', `{${email},"reference":"another"}`],
    ['fields that only we set', `{${email},"registration":{"cgu":"1","custom_ref":"x"}}`],
  ])('%s: 400, and nothing is started', async (_what, body) => {
    const reference = aReference();
    expect((await start(reference, body)).status).toBe(400);
    expect((await gateway.call('GET', `/onboardings/${reference}`)).status).toBe(404);
    expect({}).not.toHaveProperty('isAdmin');
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'text/json', 'nonsense'])(
    'a body of type %s is not read',
    async (type) => {
      const body = type.startsWith('text') ? `{${email}}` : 'email=a@example.org';
      const answer = await start(aReference(), body, { 'content-type': type });
      expect(answer).toMatchObject({ status: 415, json: { code: 'unsupported-media-type' } });
    },
  );

  test('thousands of wrong values get a short answer', async () => {
    const body = { email: 'a@example.org', require: Array.from({ length: 30_000 }, () => 1) };
    const { status, json, text } = await start(aReference(), body);
    expect([status, json['errors']]).toEqual([400, expect.any(Array)]);
    expect(text.length).toBeLessThan(JSON.stringify(body).length);
  });

  test('a body with too many bytes is 413, and 401 without a key, before it is read', async () => {
    const body = JSON.stringify({ email: 'x'.repeat(70_000) });
    expect((await start(aReference(), body)).status).toBe(413);
    const unread = `PUT /onboardings/x HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n`;
    expect((await raw(unread)).status).toBe(401);
  });
});

describe('mails', () => {
  test('all spellings of an address count as one, and the answers do not show whether it has an account', async () => {
    const strict = await startGatewayUnderTest(here.temporal, { mailsPerAddressAndDay: 2 });
    const put = (email: string) =>
      strict.call('PUT', `/onboardings/${aReference()}`, { body: { email } });
    const holder = `jose\u0301.${aReference()}@exämple.org`;
    here.simulator.createAccount({ email: holder.normalize('NFC') });
    const spellings = [
      holder,
      holder.toUpperCase(),
      holder.normalize('NFC'),
      `  ${holder.normalize('NFD')}\t`,
      holder.replace('exämple', 'xn--exmple-cua'),
    ];
    const answers = [];
    for (const email of spellings) answers.push(await put(email));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 429, 429, 429]);
    const nobody = anAddress();
    const others = [await put(nobody), await put(nobody), await put(nobody)];
    const visible = ({ status, json }: (typeof others)[number]) => ({
      ...json,
      status,
      instance: '',
      reference: '',
    });
    expect(others.map(visible)).toEqual(answers.slice(0, 3).map(visible));
  });
});

test('more messages than Temporal keeps are 503, and not reported as a bug', async () => {
  const reference = aReference();
  await start(reference, { email: anAddress() });
  const check = () => gateway.call('POST', `/onboardings/${reference}/checks`);
  for (let sent = 0; sent < MOST_SIGNALS; sent++) expect((await check()).status).toBe(202);
  expect(await check()).toMatchObject({ status: 503, json: { code: 'temporal-unavailable' } });
});

describe('with a worker', () => {
  let stopWorker: () => Promise<void>;

  beforeAll(async () => {
    stopWorker = await here.startWorker();
  });

  afterAll(() => stopWorker());

  async function startOnboarding(email = anAddress(), at = gateway): Promise<string> {
    const reference = aReference();
    await at.call('PUT', `/onboardings/${reference}`, { body: { email } });
    await eventually(
      'waits for the form',
      () => at.call('GET', `/onboardings/${reference}`),
      ({ json }) => json['status'] === 'awaiting-registration',
    );
    return reference;
  }

  test('corrections of many onboardings do not mail one person more often than those of one', async () => {
    const strict = await startGatewayUnderTest(here.temporal, { mailsPerAddressAndDay: 2 });
    const victim = anAddress();
    here.simulator.createAccount({ email: victim });
    const statuses = [];
    for (let times = 0; times < 4; times++) {
      const path = `/onboardings/${await startOnboarding(anAddress(), strict)}/address`;
      statuses.push((await strict.call('POST', path, { body: { email: victim } })).status);
    }
    expect(statuses).toEqual([200, 200, 429, 429]);
  });

  test('an Idempotency-Key counts for its own API key and operation only', async () => {
    const reference = await startOnboarding();
    const send = (method: string, path: string, key: string, body?: object) =>
      gateway.call(method, `/onboardings/${reference}/${path}`, {
        body,
        key,
        headers: { 'idempotency-key': 'the-same' },
      });
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const [soon, later] = [inDays(60), inDays(90)];
    const first = await send('POST', 'extensions', ALL.key, { until: soon });
    const other = await send('POST', 'extensions', keyFor('operate'), { until: later });
    expect([first.json['deadline'], other.json['deadline']]).toEqual([soon, later]);
    const revoked = await send('DELETE', 'links', ALL.key);
    expect(revoked.json['linksValidFrom']).toEqual(expect.any(String));
    const handle = here.temporal.workflow.getHandle(`sender-onboarding/${reference}`);
    const kept = JSON.stringify((await handle.fetchHistory()).events);
    expect(kept).toMatch(/"updateId":"crm\/extend\//);
    expect(kept).not.toContain('the-same');
  });

  test('a key has at most a hundred streams, a closed one makes room, and HEAD opens none', async () => {
    const path = `/onboardings/${await startOnboarding()}/events`;
    const leave = new AbortController();
    const follow = (key: string) =>
      fetch(new URL(path, gateway.url), {
        headers: { authorization: `Bearer ${key}` },
        signal: leave.signal,
      });
    const open = await Promise.all(Array.from({ length: 100 }, () => follow(keyFor('read'))));
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await gateway.call('GET', path, { key: keyFor('read') });
    expect(refused).toMatchObject({ status: 429, json: { code: 'too-many-streams' } });
    const other = await follow(ALL.key);
    expect(other.status).toBe(200);
    leave.abort();
    const again = new AbortController();
    await eventually(
      'there is room',
      () =>
        fetch(new URL(path, gateway.url), {
          headers: { authorization: `Bearer ${keyFor('read')}` },
          signal: again.signal,
        }),
      ({ status }) => status === 200,
    );
    again.abort();
    for (let times = 0; times < 20; times++) {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
      const head = `Host: x\r\nAuthorization: Bearer ${ALL.key}\r\n\r\n`;
      await new Promise<void>((sent) => {
        socket.write(`GET ${path} HTTP/1.1\r\n${head}`, () => {
          socket.destroy();
          sent();
        });
      });
    }
    expect((await gateway.call('HEAD', path)).status).toBe(405);
  });

  test('no stream makes calls to Temporal after the gateway is closed', async () => {
    let following = 0;
    class Counting extends OnboardingClient {
      override async *follow(...args: Parameters<OnboardingClient['follow']>) {
        following += 1;
        yield* super.follow(...args);
        following -= 1;
      }
    }
    const onboardings = new Counting({ temporal: here.temporal, hashKey: HASH_KEY });
    const closing = await startGatewayUnderTest(here.temporal, { onboardings });
    const url = new URL(`/onboardings/${await startOnboarding()}/events`, closing.url);
    const headers = { authorization: `Bearer ${ALL.key}` };
    await Promise.all(Array.from({ length: 20 }, () => fetch(url, { headers })));
    expect(following).toBe(20);
    await closing.close();
    expect(following).toBe(0);
  });
});

test('nothing of these attacks is logged or measured: no key, no address, no path', async () => {
  const output = gateway.logged() + (await (await fetch(metrics)).text());
  expect(output).toContain('"route":"/onboardings/:reference"');
  expect(output).toContain('route="/onboardings/:reference"');
  expect(output).not.toMatch(/jeanne|example\.org|evil|onb_|ref-|"level":"error"/);
});
