import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemporalCli, startDevServer, type DevServer } from '../../devserver/index.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { runOnboard } from '../cli/onboard.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive } from '../support/processes.ts';
import { addressesOf, click, startUp, acceptLink } from './machine.ts';

let folder: string;
let server: DevServer;
let simulator: Simulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  server = await startDevServer({
    cliPath: await findTemporalCli(() => undefined),
    port: 0,
    uiPort: 'no-ui',
    searchAttributes: [],
    logFile: join(folder, 'other', 'temporal.log'),
  });
  simulator = await startSimulator({ port: 0, token: 'their-token', privateKey: 'their-key' });
});

afterAll(async () => {
  await simulator.stop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('with TEMPORAL_ADDRESS and AR24_BASE_URL set, these are used and no server is started', async () => {
  const machine = await startUp({
    folder: join(folder, 'used'),
    args: ['--json'],
    env: {
      TEMPORAL_ADDRESS: server.address,
      AR24_BASE_URL: simulator.apiUrl,
      AR24_TOKEN: 'their-token',
      AR24_PRIVATE_KEY: 'their-key',
    },
  });
  await expect(addressesOf(machine)).resolves.toMatchObject({
    temporalAddress: server.address,
    uiUrl: null,
    simulatorUrl: null,
    ar24BaseUrl: simulator.apiUrl,
  });
  simulator.createAccount({ email: 'jeanne@example.org' });
  const started = await runOnboard(['start', 'theirs', '--email', 'jeanne@example.org'], {
    env: {
      ONBOARDING_STATE_DIR: join(folder, 'used'),
      ONBOARDING_HASH_KEY: `1:${randomBytes(32).toString('base64')}`,
    },
  });
  expect(started.code).toBe(0);
  await click(await acceptLink(simulator.url, 'jeanne@example.org'));

  expect((await machine.interrupt()).code).toBe(0);
  await expect(isAlive(server.pid)).resolves.toBe(true);
  await expect(access(join(folder, 'used', 'temporal.db'))).rejects.toThrow('ENOENT');
  expect(machine.out() + machine.err()).not.toMatch(/their-token|their-key/);
});

test('all faults of the environment are reported at once, before anything is started', async () => {
  const machine = await startUp({
    folder: join(folder, 'wrong'),
    env: { SIMULATOR_PORT: 'unwanted', AR24_TIMEOUT_MS: 'unwanted', ONBOARDING_LOG_LEVEL: 'no' },
  });
  const { code, err } = await machine.end;
  expect(code).toBe(2);
  for (const name of ['SIMULATOR_PORT', 'AR24_TIMEOUT_MS', 'ONBOARDING_LOG_LEVEL']) {
    expect(err).toContain(name);
  }
  expect(err).not.toContain('unwanted');
  await expect(access(join(folder, 'wrong'))).rejects.toThrow('ENOENT');
});

test.each(['--temporal-port', '--ui-port', '--simulator-port', '--codec-port'])(
  'a taken port is reported with %s, and nothing is left behind',
  async (option) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const machine = await startUp({ folder: join(folder, 'taken'), args: [option, port] });
    const { code, err } = await machine.end;
    other.close();
    expect(code).toBe(2);
    expect(err).toContain(`Port ${port}`);
    expect(err).toContain(option);
    await expect(access(join(folder, 'taken', 'up.json'))).rejects.toThrow('ENOENT');
  },
);

test('an address of another machine is reported before anything is started', async () => {
  const machine = await startUp({
    folder: join(folder, 'elsewhere'),
    env: { SIMULATOR_HOST: '203.0.113.1' },
  });
  const { code, err } = await machine.end;
  expect(code).toBe(2);
  expect(err).toContain('this machine does not have that address');
  expect(err).not.toContain('Temporal  ');
  await expect(access(join(folder, 'elsewhere', 'temporal.db'))).rejects.toThrow('ENOENT');
});

test('--reset is refused with another Temporal', async () => {
  const machine = await startUp({
    folder: join(folder, 'reset'),
    args: ['--reset'],
    env: { TEMPORAL_ADDRESS: server.address },
  });
  const { code, err } = await machine.end;
  expect(code).toBe(2);
  expect(err).toContain('--reset');
});

test('a Temporal binary that cannot be run is reported', async () => {
  const machine = await startUp({
    folder: join(folder, 'no-binary'),
    env: { TEMPORAL_CLI_PATH: '/nowhere/temporal' },
  });
  const { code, err } = await machine.end;
  expect(code).not.toBe(0);
  expect(err).toContain('TEMPORAL_CLI_PATH');
  expect(err).not.toContain('    at ');
});

test('Ctrl-C during the start ends it at once', async () => {
  const nobody = createServer((socket) => socket.on('data', () => undefined)).listen(
    0,
    '127.0.0.1',
  );
  await once(nobody, 'listening');
  const address = nobody.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const machine = await startUp({
    folder: join(folder, 'starting'),
    env: { TEMPORAL_ADDRESS: `127.0.0.1:${port}` },
  });
  await eventually(
    'begun',
    () => Promise.resolve(machine.err()),
    (err) => err.includes('AR24 '),
  );
  const { code, tookMs } = await machine.interrupt();
  nobody.close();
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(5_000);
});
