/**
 * Temporal's disk, logs and metrics hold no personal data and no secret, after senders with
 * unmistakable data have gone through everything.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../devserver/port.ts';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import { acceptLink, addressesOf, click, startUp, type Machine } from './machine.ts';

/** Each word is searched for separately. */
const FORM = registrationForm({
  firstname: 'Unmistakablefirst',
  lastname: 'Unmistakablelast',
  address1: '12 unmistakable street',
  city: 'Unmistakablecity',
  company: 'Unmistakablecompany',
  company_siret: '73282932000074',
});
const MARKS = ['unmistakable', '73282932000074'];
/** Files that have to contain them: AR24's data, and the keys of all encryption. */
const NOT_LOOKED_AT =
  /^(simulator\.json|encryption-keys|hash-key|link-key|api-key|ar24-webhook-secret)/;

let folder: string;
let machine: Machine;
let receiver: Server;
let metricsPorts: readonly number[];
let gatewayUrl: string;
let notified = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  metricsPorts = [await freePort(), await freePort()];
  // Refuses notifications, so that failed deliveries are kept as well.
  receiver = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (notified += chunk.toString()));
    request.on('end', () => response.writeHead(500).end());
  }).listen(0, '127.0.0.1');
  const { port } = await new Promise<AddressInfo>((resolve) => {
    receiver.on('listening', () => {
      resolve(receiver.address() as AddressInfo);
    });
  });
  machine = await startUp({
    folder,
    args: ['--json'],
    env: {
      SIMULATOR_TOKEN: 'unmistakable-token',
      SIMULATOR_PRIVATE_KEY: 'unmistakable-private-key',
      ONBOARDING_LOG_LEVEL: 'trace',
      ONBOARDING_METRICS_ADDRESS: `127.0.0.1:${metricsPorts[0]}`,
      ONBOARDING_GATEWAY_METRICS_ADDRESS: `127.0.0.1:${metricsPorts[1]}`,
      ONBOARDING_NOTIFY_URL: `http://127.0.0.1:${port}/unmistakable-path?token=unmistakable`,
      ONBOARDING_NOTIFY_SECRETS: `whsec_${Buffer.alloc(32, 'unmistakable').toString('base64')}`,
      ONBOARDING_NOTIFY_ALLOW_PRIVATE: '1',
    },
  });
});

afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await rm(folder, { recursive: true, force: true });
});

/** The API, with the key that was made for the user of this machine. */
async function call(method: string, path: string, body?: unknown): Promise<string> {
  const key = await readFile(join(folder, 'api-key'), 'utf8');
  const answer = await fetch(new URL(`/onboardings/${path}`, gatewayUrl), {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answer.text();
}

const reaches = (reference: string, words: RegExp) =>
  eventually(
    `${reference} ${String(words)}`,
    () => call('GET', reference),
    (view) => words.test(view),
  );

/** All encodings in which such a word could be stored. */
function spellings(mark: string): readonly string[] {
  const inBase64 = [0, 1, 2].map((before) => {
    const written = Buffer.from('-'.repeat(before) + mark).toString('base64');
    // The part that does not depend on neighbouring bytes.
    return written.slice(Math.ceil((before * 8) / 6), Math.floor(((before + mark.length) * 8) / 6));
  });
  return [mark, ...inBase64, Buffer.from(mark).toString('hex')];
}

function marksIn(bytes: Buffer | string): readonly string[] {
  const text = Buffer.from(bytes).toString('latin1');
  const lowered = text.toLowerCase();
  return MARKS.filter((mark) =>
    spellings(mark).some((spelt) => text.includes(spelt) || lowered.includes(spelt)),
  );
}

test('the search finds its words in every encoding', () => {
  for (const before of ['', 'a', 'ab', 'abc']) {
    const hidden = Buffer.from(`${before}unmistakable words`);
    expect(marksIn(hidden)).toEqual(['unmistakable']);
    expect(marksIn(hidden.toString('base64'))).toEqual(['unmistakable']);
    expect(marksIn(hidden.toString('hex'))).toEqual(['unmistakable']);
  }
  expect(marksIn('{"UNMISTAKABLE": 1}')).toEqual(['unmistakable']);
  expect(marksIn('nothing')).toEqual([]);
});

test('after every kind of event, only AR24 and the partner have personal data', async () => {
  const { simulatorUrl, gatewayUrl: url } = await addressesOf(machine);
  const simulator = simulatorUrl ?? '';
  gatewayUrl = url ?? '';
  const admin = (path: string, body: unknown) =>
    fetch(new URL(path, simulator), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const addressOf = (reference: string) => `unmistakable.${reference}@example.org`;
  const start = (reference: string, more = {}) =>
    call('PUT', reference, { email: addressOf(reference), ...more });
  const withForm = { registration: FORM };

  // The holder of an account accepts.
  const email = addressOf('holder');
  await admin('/admin/accounts', { email, confirmed: '1', cgu: '1', lastname: 'Unmistakable' });
  await start('holder');
  await click(await acceptLink(simulator, email));
  await reaches('holder', /"status":"ready"/);
  // An account is created, after the address was corrected and a field refused.
  await start('created');
  await reaches('created', /awaiting-registration/);
  await call('POST', 'created/address', { email: 'unmistakable.corrected@example.org' });
  await reaches('created', /awaiting-registration/);
  await call('POST', 'created/registration', { ...FORM, company_siret: '' });
  await reaches('created', /"field":"company_siret"/);
  await call('POST', 'created/registration', FORM);
  await reaches('created', /awaiting-email/);
  await call('POST', 'created/acceptances', { what: 'email' });
  await call('POST', 'created/links');
  // A sender submits a form at once, and then cancels.
  await start('cancelled', withForm);
  await reaches('cancelled', /awaiting-email/);
  await call('POST', 'cancelled/cancellation', { reason: 'an unmistakable reason' });
  await reaches('cancelled', /"status":"cancelled"/);
  // AR24 fails in every way.
  const ledger = async () => (await fetch(new URL('/admin/ledger', simulator))).text();
  for (const fault of ['http5xx', 'malformed', 'reset', 'unknownSlug', 'maintenance']) {
    await admin('/admin/faults', { [fault]: {} });
    const before = await ledger();
    await start(`fault-${fault}`, withForm);
    await eventually(`called with ${fault}`, ledger, (now) => now !== before);
    await admin('/admin/faults', { [fault]: null });
  }
  // The partner refuses notifications.
  await eventually(
    'notifications',
    () => Promise.resolve(notified),
    (all) => all.includes('"ready"'),
  );
  const metrics = await Promise.all(
    metricsPorts.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  );
  expect(metrics.map((text) => text.length > 500)).toEqual([true, true]);
  expect(metrics.flatMap(marksIn)).toEqual([]);
  expect((await machine.interrupt()).code).toBe(0);
  expect(marksIn(machine.out() + machine.err())).toEqual([]);

  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile() && !NOT_LOOKED_AT.test(entry.name),
  );
  const found = await Promise.all(
    names.map(async ({ parentPath, name }) => [
      name,
      marksIn(await readFile(join(parentPath, name))),
    ]),
  );
  expect(names.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['temporal.db', 'temporal.log', 'worker.log', 'gateway.log']),
  );
  expect(found).toEqual(names.map(({ name }) => [name, []]));
  // The search would have found them: AR24 has them.
  expect(marksIn(await readFile(join(folder, 'simulator.json')))).toEqual(MARKS);
}, 120_000);
