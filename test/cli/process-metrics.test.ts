/** The certificates of a connection to Temporal, as metrics. A server with TLS stands in for Temporal's frontend. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { promisify } from 'node:util';
import { showProcess } from '../../cli/process-metrics.ts';
import { eventually } from '../support/eventually.ts';

const DAYS = 40;
let folder: string;
let server: Server;
let address: string;
let pair: { readonly crt: Buffer; readonly key: Buffer };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-tls-'));
  pair = await makePair(DAYS);
  server = createServer({ cert: pair.crt, key: pair.key, ALPNProtocols: ['h2'] });
  server.on('secureConnection', (socket) => socket.on('error', () => undefined));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const bound = server.address();
  address = `localhost:${typeof bound === 'object' ? bound?.port : ''}`;
});

afterAll(async () => {
  await once(server.close(), 'close');
  await rm(folder, { recursive: true });
});

async function makePair(days: number): Promise<typeof pair> {
  const [key, crt] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', crt, '-days', `${days}`];
  await promisify(execFile)('openssl', ['req', '-x509', ...made, '-subj', '/CN=localhost']);
  return { crt: await readFile(crt), key: await readFile(key) };
}

function shownFor(
  connection: Parameters<typeof showProcess>[1],
  options?: Parameters<typeof showProcess>[2],
) {
  const shown = new Map<string, number | undefined>();
  const process = showProcess(
    (name, labels, value) => {
      shown.set('of' in labels ? String(labels.of) : name, value);
    },
    connection,
    options,
  );
  return { shown, process };
}

function daysLeft(seconds = 0): number {
  return Math.round((seconds - Date.now() / 1000) / 86_400);
}

test('the ends of both certificates are shown, in seconds, although nobody trusts the server', async () => {
  const tls = { clientCertPair: pair };
  const { shown, process } = shownFor({ namespace: 'default', connection: { address, tls } });
  await eventually(
    'both shown',
    () => Promise.resolve([...shown.keys()]),
    (names) => names.includes('temporal-server'),
  );
  process.hide();
  for (const whose of ['temporal-client', 'temporal-server']) {
    expect([whose, daysLeft(shown.get(whose))]).toEqual([whose, DAYS]);
  }
});

test.each([
  { when: 'at the next reading', everyMs: 50, asked: false },
  { when: 'at once, at SIGHUP', everyMs: 3_600_000, asked: true },
])('a server’s renewed certificate is shown $when', async ({ everyMs, asked }) => {
  const { shown, process } = shownFor(
    { namespace: 'default', connection: { address, tls: true } },
    { everyMs },
  );
  const shows = (days: number) =>
    eventually(
      `${days} days shown`,
      () => Promise.resolve(daysLeft(shown.get('temporal-server'))),
      (left) => left === days,
    );
  await shows(DAYS);
  const renewed = await makePair(2 * DAYS);
  server.setSecureContext({ cert: renewed.crt, key: renewed.key });
  // SIGHUP itself would end the tests.
  if (asked) globalThis.process.listeners('SIGHUP').at(-1)?.('SIGHUP');
  await expect(shows(2 * DAYS)).resolves.toBe(2 * DAYS);
  process.hide();
  server.setSecureContext({ cert: pair.crt, key: pair.key });
});

test('without TLS there is no certificate, and a text that is none stops nothing', () => {
  const plain = shownFor({ namespace: 'default', connection: { address } });
  expect([...plain.shown.keys()]).toEqual(['onboarding_build_info']);
  const clientCertPair = { crt: Buffer.from('unwanted'), key: Buffer.from('unwanted') };
  const broken = shownFor({
    namespace: 'default',
    connection: { address, tls: { clientCertPair } },
  });
  expect([...broken.shown.keys()]).toEqual(['onboarding_build_info']);
  broken.process.hide();
});
