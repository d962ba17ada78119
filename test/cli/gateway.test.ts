/** The gateway as a process of its own, and the keys that it needs. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort } from '../../devserver/port.ts';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { aReference, anAddress } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { runOnboard, type Running } from './onboard.ts';
import { useRunningSystem } from './running-system.ts';

const system = useRunningSystem();

describe('keys', () => {
  test('a key of the API is printed once, with its hash', async () => {
    const { code, out } = await runOnboard(['key', 'create', '--name', 'crm', '--json']);
    expect(code).toBe(0);
    const { key, configuration } = JSON.parse(out) as Record<string, string>;
    expect(key).toMatch(/^onb_[\w-]{43}$/);
    expect(configuration).toMatch(/^crm:start\+read:[0-9a-f]{64}$/);
  });

  test.each([
    ['an unknown scope', ['--name', 'crm', '--scopes', 'everything'], 'start, read, operate'],
    ['an invalid name', ['--name', 'a:b'], 'letters, digits'],
    ['no name', [], '--name'],
  ])('%s: said so, and nothing made', async (_what, args, words) => {
    const { code, out, err } = await runOnboard(['key', 'create', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  });
});

test('without keys it does not start, and all faults are reported at once', async () => {
  const { code, out, err } = await runOnboard(['gateway'], {
    env: {
      ONBOARDING_API_KEYS: 'onb_unwanted',
      ONBOARDING_AR24_WEBHOOK_SECRETS: 'unwanted',
      ONBOARDING_AR24_WEBHOOK_ADDRESSES: '185.183.140.195',
      ONBOARDING_PARTNER_COLOUR: 'unwanted',
      // A page over https does not show an image over http.
      ONBOARDING_PARTNER_LOGO_URL: 'http://unwanted.example/logo.png',
    },
  });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  const named = err.split('\n').flatMap((line) => /^ {2}([A-Z0-9_]+) /.exec(line)?.[1] ?? []);
  expect(named.sort()).toEqual([
    'ONBOARDING_API_KEYS',
    'ONBOARDING_AR24_WEBHOOK_SECRETS',
    'ONBOARDING_ENCRYPTION_KEYS',
    'ONBOARDING_LINK_KEYS',
    'ONBOARDING_PARTNER_COLOUR',
    'ONBOARDING_PARTNER_LOGO_URL',
    'TEMPORAL_ADDRESS',
  ]);
  expect(err).not.toContain('unwanted');
});

describe('with all that it needs', () => {
  let env: Record<string, string>;
  let key: string;

  beforeAll(async () => {
    const made = await runOnboard(['key', 'create', '--name', 'crm', '--json']);
    const link = await runOnboard(['key', 'link', '--json']);
    const { configuration, ...shown } = JSON.parse(made.out) as Record<string, string>;
    key = shown['key'] ?? '';
    const port = String(await freePort());
    env = {
      ONBOARDING_API_KEYS: configuration ?? '',
      ONBOARDING_LINK_KEYS: (JSON.parse(link.out) as { configuration: string }).configuration,
      ONBOARDING_GATEWAY_PORT: port,
      ONBOARDING_PUBLIC_URL: `http://127.0.0.1:${port}/`,
      ONBOARDING_GATEWAY_SHUTDOWN_GRACE_S: '0',
    };
  });

  async function started(gateway: Running): Promise<string> {
    const out = await eventually(
      'ready',
      () => Promise.resolve(gateway.out()),
      (printed) => printed.endsWith('\n'),
    );
    return (JSON.parse(out) as { url: string }).url;
  }

  test('it serves a start, makes links as the command does, and ends at SIGTERM', async () => {
    await system.testEnv.startWorker();
    const gateway = system.begin(['gateway', '--json'], { env });
    const url = await started(gateway);
    const reference = aReference();
    const put = await fetch(new URL(`/onboardings/${reference}`, url), {
      method: 'PUT',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email: anAddress() }),
    });
    expect(put.status).toBe(202);
    const link = await eventually(
      'a link',
      () => system.onboard(['link', reference], { env }),
      ({ code }) => code === 0,
    );
    expect(link.out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/s\//);
    await eventually(
      'the page',
      () => fetch(link.out.trim()),
      ({ status }) => status === 200,
    );
    const back = ['--return-url', 'https://app.example.org/'];
    const leading = { ...env, ONBOARDING_RETURN_HOSTS: 'app.example.org' };
    expect(await system.onboard(['link', reference, ...back], { env: leading })).toMatchObject({
      code: 0,
    });
    const elsewhere = await system.onboard(['link', reference, ...back], { env });
    expect(elsewhere).toMatchObject({ code: 2, out: '' });
    expect(elsewhere.err).toContain('not in ONBOARDING_RETURN_HOSTS');
    await system.testEnv.temporal.workflow.getHandle(workflowIdOf(reference)).terminate();
    const failed = await system.onboard(['link', reference], { env });
    expect(failed).toMatchObject({ code: 4, out: '' });
    expect(failed.err).toContain('it has ended (failed)');
    gateway.child.kill('SIGTERM');
    expect(await gateway.end).toMatchObject({ code: 0 });
    expect(gateway.err()).toContain('"route":"/onboardings/:reference"');
    expect(gateway.err()).not.toContain(key);
  });

  test('at SIGTERM it is not ready at once, serves until the grace period is over, and lets requests end', async () => {
    const gateway = system.begin(['gateway', '--json'], {
      env: { ...env, ONBOARDING_GATEWAY_SHUTDOWN_GRACE_S: '4' },
    });
    const url = await started(gateway);
    const status = (path: string) =>
      fetch(new URL(path, url)).then(
        (answer) => answer.status,
        () => 'refused' as const,
      );
    await eventually(
      'ready',
      () => status('/ready'),
      (answer) => answer === 200,
    );
    gateway.child.kill('SIGTERM');
    // In this order: readiness is 503 before any request is refused.
    const seen = new Set<number | 'refused'>();
    await eventually(
      'not ready',
      async () => seen.add(await status('/ready')),
      () => seen.has(503),
    );
    expect([...seen].filter((answer) => answer !== 200)).toEqual([503]);
    const put = await fetch(new URL(`/onboardings/${aReference()}`, url), {
      method: 'PUT',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email: anAddress() }),
    });
    expect(put.status).toBe(202);
    expect(put.headers.get('connection')).toBe('close');

    const body = JSON.stringify({ email: anAddress() });
    const slow = connect(Number(new URL(url).port), '127.0.0.1');
    let answer = '';
    slow.setEncoding('utf8').on('data', (text: string) => (answer += text));
    slow.write(
      `PUT /onboardings/${aReference()} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    );
    await eventually(
      'refuses new requests',
      () => status('/live'),
      (live) => live !== 200,
    );
    slow.write(body.slice(5));
    await once(slow, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 202 /);
    expect(await gateway.end).toMatchObject({ code: 0 });
  });

  test('a port that is taken is reported with the remedy', async () => {
    const { port } = new URL(`http://${system.testEnv.server.address}`);
    const { code, err } = await system.onboard(['gateway'], {
      env: { ...env, ONBOARDING_GATEWAY_PORT: port },
    });
    expect(code).toBe(2);
    expect(err).toContain('ONBOARDING_GATEWAY_PORT');
    expect(err).not.toContain('    at ');
    const metrics = await system.onboard(['gateway'], {
      env: { ...env, ONBOARDING_GATEWAY_METRICS_ADDRESS: `127.0.0.1:${port}` },
    });
    expect(metrics.code).toBe(2);
    expect(metrics.err).toContain('ONBOARDING_GATEWAY_METRICS_ADDRESS');
    expect(metrics.err).not.toContain('ONBOARDING_GATEWAY_PORT');
  });

  test('invalid sources of events are reported with their place, and no secret', async () => {
    const file = await system.file(
      'sources.json',
      '{ "sources": [{ "name": "x", "secret": "s3cret" }] }',
    );
    const { code, err } = await system.onboard(['gateway'], {
      env: { ...env, ONBOARDING_EVENT_SOURCES: file },
    });
    expect(code).toBe(2);
    expect(err).toContain('sources.0');
    expect(err).not.toContain('s3cret');
    const missing = await system.onboard(['gateway'], {
      env: { ...env, ONBOARDING_EVENT_SOURCES: `${file}.none` },
    });
    expect(missing.err).toContain('ENOENT');
  });
});
