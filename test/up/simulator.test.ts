import { afterEach, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Ar24Client } from '../../ar24/index.ts';
import { runOnboard, startOnboard, type RunOptions, type Running } from '../cli/onboard.ts';
import { eventually } from '../support/eventually.ts';

const printed = z.object({
  url: z.string(),
  apiUrl: z.string(),
  mailboxUrl: z.string(),
  ledgerUrl: z.string(),
});

let running: Running | undefined;

afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.end;
});

async function startSimulator(args: readonly string[], env: RunOptions['env'] = {}) {
  const simulator = startOnboard(['simulator', '--json', ...args], { env });
  running = simulator;
  const out = await eventually(
    'ready',
    () => Promise.resolve(simulator.out()),
    (text) => text.endsWith('\n'),
  );
  const stop = async (signal: NodeJS.Signals) => {
    simulator.child.kill(signal);
    return simulator.end;
  };
  return { ...printed.parse(JSON.parse(out)), stop };
}

async function settingsOf(url: string, kind: 'switches' | 'faults'): Promise<unknown> {
  return (await fetch(`${url}/admin/${kind}`)).json();
}

test('switches and faults are read from the command line', async () => {
  const { url } = await startSimulator([
    ...['--port', '0', '--switch', 'duplicateSlug=user_not_created', '--switch', 'extraFields'],
    ...['--fault', 'hang', '--fault', 'loseAnswer={"count":1,"routes":["POST /user"]}'],
  ]);
  await expect(settingsOf(url, 'switches')).resolves.toMatchObject({
    duplicateSlug: 'user_not_created',
    extraFields: true,
  });
  await expect(settingsOf(url, 'faults')).resolves.toMatchObject({
    hang: {},
    loseAnswer: { count: 1, routes: ['POST /user'] },
  });
});

test('an option overrides its variable, and the variable overrides the default', async () => {
  const { apiUrl } = await startSimulator(['--token', 'by-option'], {
    SIMULATOR_PORT: '0',
    SIMULATOR_TOKEN: 'by-variable',
    SIMULATOR_PRIVATE_KEY: 'key-by-variable',
  });
  const read = (token: string, privateKey: string) =>
    new Ar24Client({ baseUrl: apiUrl, token, privateKey }).listUsers().next();
  await expect(read('by-option', 'key-by-variable')).resolves.toMatchObject({ done: true });
  await expect(read('by-variable', 'key-by-variable')).rejects.toMatchObject({
    kind: 'credentials',
  });
});

test('with a state file it keeps its state', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  const args = ['--port', '0', '--state-file', join(folder, 'state.json')];
  const before = await startSimulator(args);
  await fetch(`${before.url}/admin/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'camille@example.org' }),
  });
  await before.stop('SIGKILL');
  const after = await startSimulator(args);
  const accounts = await fetch(`${after.url}/admin/accounts`);
  await expect(accounts.json()).resolves.toMatchObject([{ email: 'camille@example.org' }]);
  await after.stop('SIGTERM');
  await rm(folder, { recursive: true });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends it cleanly', async (signal) => {
  const { stop } = await startSimulator(['--port', '0']);
  await expect(stop(signal)).resolves.toMatchObject({ code: 0, err: '' });
});

test('a token and a key that were given are not printed', async () => {
  const simulator = startOnboard(
    ['simulator', '--port', '0', '--token', 'my-token', '--private-key', 'my-key'],
    {},
  );
  running = simulator;
  await eventually(
    'ready',
    () => Promise.resolve(simulator.out()),
    (text) => text.includes('AR24_PRIVATE_KEY'),
  );
  expect(simulator.out()).toContain('AR24_BASE_URL=http://127.0.0.1:');
  expect(simulator.out()).not.toMatch(/my-token|my-key/);
});

test.each([
  [['--port', '99999'], '--port'],
  [['--seed', 'x'], '--seed'],
  [['--switch', 'nonsense=1'], 'nonsense'],
  [['--switch', 'nonsense=1', '--fault', 'latencyMs=5'], 'fault.latencyMs'],
  [['--fault', 'nonsense'], 'The faults are: latencyMs, '],
  [['--state-file', '/'], 'folder'],
])('%j is invalid, and reported', async (args, words) => {
  const { code, out, err } = await runOnboard(['simulator', ...args], {
    env: { SIMULATOR_PORT: '0' },
  });
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(words);
  expect(err).not.toContain('    at ');
});

test('a damaged state file is named, with the remedy', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  const file = join(folder, 'state.json');
  await writeFile(file, '{"version":1,');
  const { code, err } = await runOnboard(['simulator', '--port', '0', '--state-file', file]);
  await rm(folder, { recursive: true });
  expect(code).toBe(2);
  expect(err).toContain(file);
  expect(err).toContain('delete this one to start with an empty state');
  expect(err).not.toContain('    at ');
});

test('a taken port is reported with the option and the variable that set another', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const { code, err } = await runOnboard(['simulator', '--port', port]);
  other.close();
  expect(code).toBe(2);
  expect(err).toContain(`port ${port}`);
  expect(err).toContain('--port or SIMULATOR_PORT');
});
