/** The OpenAPI document: schemathesis tries what it allows, and what it forbids. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSchemathesis } from '../../devserver/schemathesis.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { ALL, startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;
let folder: string;
let schemathesis: string;

// It may have to be fetched.
beforeAll(async () => {
  schemathesis = await findSchemathesis((line) => process.stderr.write(`${line}\n`));
}, 900_000);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  await here.startWorker();
  gateway = await startGatewayUnderTest(here.temporal);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Well-formed requests that are refused have statuses of their own. */
const SETTINGS = `
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 404, 409, 422, 429]
[parameters]
"path.reference" = "customer-42"
`;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: object;
}

function operationsIn(document: Readonly<Record<string, unknown>>): readonly Operation[] {
  const paths = document['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  return Object.values(paths).flatMap((path) => Object.values(path));
}

/** A stream ends only with its onboarding. */
const LEFT_OUT = 'followOnboarding';

test('schemathesis finds nothing', async () => {
  await gateway.call('PUT', '/onboardings/customer-42', { body: { email: 'a@example.org' } });
  const settings = join(folder, 'schemathesis.toml');
  await writeFile(settings, SETTINGS);
  const child = spawn(
    schemathesis,
    [
      ...['--config-file', settings, 'run', `${gateway.url}/openapi.json`],
      ...['--header', `Authorization: Bearer ${ALL.key}`],
      ...['--checks', 'all', '--max-examples', '10', '--seed', '2026', '--no-color'],
      // Far more than an answer takes, so that a busy machine fails none.
      ...['--request-timeout', '120'],
      ...['--exclude-operation-id', LEFT_OUT],
      // DELETE answers 202, and a worker erases afterwards: until then a read is answered with 200.
      ...['--exclude-checks', 'use_after_free'],
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [code] = (await once(child, 'close')) as [number];
  // All of the output: its end does not name what failed. An answer of 500 only names its line in the log.
  const errors = gateway
    .logged()
    .split('\n')
    .filter((line) => line.includes('"level":"error"'));
  if (code !== 0) throw new Error([output, ...errors].join('\n'));
  expect(output).toMatch(/(\d+) generated, \1 passed/);
  const { json } = await gateway.call('GET', '/openapi.json', { key: null });
  const tried = operationsIn(json).filter(({ operationId }) => operationId !== LEFT_OUT);
  expect(output).toMatch(new RegExp(`Tested: ${tried.length}\\b`));
});

test('it is an OpenAPI 3.1 document, in which each operation has a name, a scope and its problems', async () => {
  const { json } = await gateway.call('GET', '/openapi.json', { key: null });
  expect(json).toMatchObject({ openapi: '3.1.0', servers: [{ url: gateway.url }] });
  const operations = operationsIn(json);
  expect(operations).not.toEqual([]);
  for (const { operationId, summary, responses } of operations) {
    expect(operationId).toEqual(expect.any(String));
    expect(summary).toEqual(expect.any(String));
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining(['400', '401', '403', '429', '500', '503']),
    );
  }
  const { webhooks, components } = json as {
    webhooks: Record<string, unknown>;
    components: {
      schemas: Record<string, { properties: Record<string, unknown>; required: string[] }>;
    };
  };
  expect(JSON.stringify(webhooks)).toContain('#/components/schemas/Notification');
  expect(Object.keys(components.schemas['Notification']?.properties ?? {})).toEqual([
    'type',
    'timestamp',
    'data',
  ]);
  const notified = components.schemas['NotifiedOnboarding'];
  expect(notified?.required).toEqual(expect.arrayContaining(['status', 'version', 'requests']));
  for (const hidden of ['partial', 'stuck', 'stuckBecause', 'missingKeys', 'maskedEmail']) {
    expect(notified?.properties).not.toHaveProperty(hidden);
  }
  expect((await gateway.call('GET', '/favicon.ico', { key: null })).status).toBe(204);
  const page = await gateway.call('GET', '/docs/', { key: null });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.text).not.toMatch(/https?:\/\/(?!127)[^"]*\.(js|css)/);
});

test('behind a proxy that strips a path, the page finds the document at the public address', async () => {
  const publicUrl = 'https://example.org/senders';
  const behind = await startGatewayUnderTest(here.temporal, { publicUrl });
  const page = await behind.call('GET', '/docs/', { key: null });
  expect(page.text).toContain('/senders/openapi.json');
  const { status, headers } = await behind.call('GET', '/docs', { key: null });
  expect([status, headers.get('location')]).toEqual([301, '/senders/docs/']);
});

test('the type of each problem leads to its explanation', async () => {
  const { json } = await gateway.call('GET', '/onboardings/unheard-of');
  const explained = await fetch(String(json['type']));
  expect(await explained.json()).toMatchObject({ code: 'onboarding-not-found', status: 404 });
  expect((await gateway.call('GET', '/problems')).status).toBe(200);
});
