/** Certificates of the connection to Temporal are replaced while processes run. A real server stands behind TLS. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { temporalServer } from '../../cli/worker/place.ts';
import { followCredentials, followingConnection } from '../../cli/temporal-credentials.ts';
import { OnboardingClient } from '../../client/index.ts';
import { freePort } from '../../devserver/port.ts';
import { Authority, startTlsTemporal, type TlsTemporal } from '../cli/tls-temporal.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { aReference, anAddress } from '../client/onboardings.ts';
import { scrape } from '../metrics/series.ts';
import { eventually } from '../support/eventually.ts';
import { prints, ready, startWorker, stop } from './worker.ts';

const LONG_MS = 120_000;
const here = useDevelopmentServer();
let authority: Authority;
let temporal: TlsTemporal;

beforeAll(async () => {
  authority = await Authority.in(await mkdtemp(join(tmpdir(), 'sender-onboarding-ca-')));
  for (const [name, days] of [
    ['server', 30],
    ['old', 5],
    ['new', 90],
  ] as const)
    await authority.issue(name, days);
  temporal = await startTlsTemporal(here.server.address, authority, 'old');
}, LONG_MS);

afterAll(async () => {
  await temporal.close();
  await rm(authority.folder, { recursive: true });
});

/** The mounted files, which are replaced at once, as Kubernetes does. */
const { pem, key } = {
  pem: () => authority.pathsOf('mounted').pem,
  key: () => authority.pathsOf('mounted').key,
};

async function mount(from: string, files: readonly ('pem' | 'key')[] = ['pem', 'key']) {
  for (const file of files) {
    const target = authority.pathsOf('mounted')[file];
    await copyFile(authority.pathsOf(from)[file], `${target}.next`);
    await rename(`${target}.next`, target);
  }
}

function environment(): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_TLS: 'true',
    TEMPORAL_TLS_SERVER_NAME: 'localhost',
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.pathsOf('ca').pem,
    TEMPORAL_TLS_CLIENT_CERT_PATH: pem(),
    TEMPORAL_TLS_CLIENT_KEY_PATH: key(),
  };
}

function server() {
  const found = temporalServer([], environment());
  if (found === undefined) throw new Error('no server');
  return found;
}

test(
  'a worker goes on with a new certificate after SIGHUP, and shows when it ends',
  async () => {
    await mount('old');
    temporal.accept('old');
    const metrics = `127.0.0.1:${await freePort()}`;
    const worker = startWorker({ ...environment(), ONBOARDING_METRICS_ADDRESS: metrics });
    const { healthPort } = await ready(worker);
    const daysLeft = async () => {
      const text = await scrape(`http://${metrics}/metrics`);
      const shown = /expiry_timestamp_seconds\{[^}]*temporal-client[^}]*\} ([\d.e+]+)/.exec(text);
      return Math.round((Number(shown?.[1]) - Date.now() / 1000) / 86_400);
    };
    expect(await daysLeft()).toBe(5);

    // The certificate is replaced, and the old one is refused from then on, also on connections that are open.
    await mount('new');
    worker.child.kill('SIGHUP');
    temporal.accept('new');
    await prints(worker, 'new credentials for Temporal are in use');
    await eventually('its end is shown', daysLeft, (days) => days === 90);

    const reference = aReference();
    const onboardings = new OnboardingClient({ temporal: here.temporal, hashKey: HASH_KEY });
    await onboardings.start({ reference, email: anAddress() });
    // Only a worker changes it: no AR24 answers at this address, so that a problem appears.
    await eventually(
      'the worker has worked',
      () => onboardings.view(reference),
      (view) => !view.partial,
      LONG_MS,
    );
    const isReady = await fetch(`http://127.0.0.1:${healthPort}/ready`);
    expect(isReady.status).toBe(200);
    expect((await stop(worker)).code).toBe(0);
  },
  2 * LONG_MS,
);

/** SIGHUP itself would end the tests. */
function newestListener(): void {
  process.listeners('SIGHUP').at(-1)?.('SIGHUP');
}

const UNUSED = { close: () => Promise.resolve() };

test(
  'clients of a gateway go on with a new certificate without a signal',
  async () => {
    await mount('old');
    temporal.accept('old');
    Object.assign(process.env, environment());
    const changed: unknown[] = [];
    const following = followingConnection(server(), pino({ level: 'silent' }), (now) => {
      changed.push(now);
    });
    const client = new Client({ connection: following.connection });
    const ask = () =>
      client.withDeadline(Date.now() + 5_000, () => client.workflowService.getSystemInfo({}));
    await ask();
    await mount('new');
    temporal.accept('new');
    await expect(ask()).rejects.toThrow();
    newestListener();
    await eventually(
      'in use',
      () => Promise.resolve(changed.length),
      (count) => count === 1,
    );
    await ask();
    await following.close();
    for (const name of Object.keys(environment())) Reflect.deleteProperty(process.env, name);
  },
  LONG_MS,
);

test('a pair of which one file is replaced waits for the other, and refused credentials change nothing', async () => {
  await mount('old');
  const used: unknown[] = [];
  let refuse = true;
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const following = followCredentials({
    server: server(),
    environment: environment(),
    logger,
    everyMs: 50,
    connect: () =>
      refuse ? Promise.reject(new Error('Temporal refuses them')) : Promise.resolve(UNUSED),
    use(connection) {
      used.push(connection);
    },
  });
  const logged = (words: string) =>
    eventually(
      words,
      () => Promise.resolve(lines.join('')),
      (text) => text.includes(words),
    );
  await mount('new', ['pem']);
  await logged('do not belong together');
  await mount('new', ['key']);
  await logged('"why":"Error"');
  expect(used).toEqual([]);
  refuse = false;
  await logged('new credentials for Temporal are in use');
  // Each reason is logged once, however often it is met.
  expect(lines).toHaveLength(3);
  await following.stop();
});

test('a connection that is made when the process stops is closed, and the stop waits for it', async () => {
  await mount('old');
  let accept: () => void = () => undefined;
  const accepted = new Promise<void>((resolve) => {
    accept = resolve;
  });
  const done: string[] = [];
  const following = followCredentials({
    server: server(),
    environment: environment(),
    logger: pino({ level: 'silent' }),
    async connect() {
      await accepted;
      return {
        close() {
          done.push('closed');
          return Promise.resolve();
        },
      };
    },
    use() {
      done.push('used');
    },
  });
  await mount('new');
  newestListener();
  const stopped = following.stop().then(() => done.push('stopped'));
  accept();
  await stopped;
  expect(done).toEqual(['closed', 'stopped']);
});
