/** Runs the commands of README and docs/ as printed, beside a running `npm start`. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_PORT, DEMO_PRIVATE_KEY, DEMO_TOKEN } from '../../simulator/index.ts';
import { startOnboard } from '../cli/onboard.ts';
import { eventually } from '../support/eventually.ts';
import { acceptLink, addressesOf, click, onboard, startUp, type Machine } from '../up/machine.ts';
import { blockWith } from './blocks.ts';
import { openShell, type Replacements, type Shell, type Typed } from './shell.ts';

const WELL = { code: 0 };

let folder: string;
let state: string;
let machine: Machine;
let at: Awaited<ReturnType<typeof addressesOf>>;
let shell: Shell;
let here: Replacements;
let key: string;
let customers = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  state = join(folder, '.onboarding');
  machine = await startUp({ folder: state, args: ['--json'] });
  at = await addressesOf(machine);
  shell = await openShell(folder);
  key = (await readFile(join(state, 'api-key'), 'utf8')).trim();
});

beforeEach(() => {
  const [gateway, simulator] = [at.gatewayUrl ?? '', at.simulatorUrl ?? ''];
  here = {
    'http://127.0.0.1:8080': gateway,
    'https://onboarding.example.org': gateway,
    'localhost:8424': new URL(simulator).host,
    'customer-42': `customer-42-${++customers}`,
    'louise@example.org': `louise-${customers}@example.org`,
    REFERENCE: 'demo',
    KIND: 'credentials',
  };
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function type(
  file: string,
  words: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Typed> {
  const keys = { KEY: key, ERASING_KEY: key };
  return shell.type(await blockWith(file, 'sh', words), here, { ...keys, ...env });
}

test('README: a sender is started and followed until they are ready', async () => {
  const typed = type('README.md', 'onboard watch demo');
  await click(await acceptLink(at.simulatorUrl ?? '', 'jeanne@example.org'));
  expect(await typed).toMatchObject({ ...WELL, out: expect.stringContaining('ready') });
});

test('README: a person without an account hands in a form', async () => {
  const typed = await type('README.md', 'form.json');
  expect(typed).toMatchObject({ ...WELL, out: expect.stringContaining('demo-form') });
});

test('README: the same over HTTP, with a link, and each change until the end', async () => {
  const typed = type('README.md', 'api=http');
  const reference = here['customer-42'] ?? '';
  const cancel = () => onboard(state, 'cancel', reference, '--reason', 'a test');
  await eventually('cancelled', cancel, ({ code }) => code === 0);
  const { code, out } = await typed;
  expect(code).toBe(0);
  expect(out).toContain('/s/');
  expect(out).toContain('"status":"cancelled"');
});

test('docs/integrating.md: an application starts, links and erases', async () => {
  expect(await type('docs/integrating.md', '-X PUT')).toMatchObject(WELL);
  expect(await type('docs/integrating.md', '-X POST')).toMatchObject(WELL);
  expect(await type('docs/integrating.md', '-X DELETE')).toMatchObject(WELL);
});

test('docs/page.md: a link by the command and by the API', async () => {
  expect(await type('docs/integrating.md', '-X PUT')).toMatchObject(WELL);
  const { code, out } = await type('docs/page.md', 'onboard link');
  expect(code).toBe(0);
  expect(out.match(/\/s\//g)).toHaveLength(2);
});

test('docs/import.md: a file is checked, then started', async () => {
  const file = await blockWith('docs/import.md', 'csv', 'reference;email');
  await writeFile(join(folder, 'customers.csv'), file);
  expect(await type('docs/import.md', '--dry-run')).toMatchObject(WELL);
});

test('docs/operating.md: the onboardings that need attention, and a read of AR24', async () => {
  expect(await type('docs/operating.md', 'list --stuck')).toMatchObject(WELL);
  const again = await onboard(state, 'start', 'waits', '--email', 'waits@example.org');
  expect(again).toMatchObject(WELL);
  here = { ...here, REFERENCE: 'waits' };
  expect(await type('docs/operating.md', 'check --problem')).toMatchObject(WELL);
});

test("docs/operating.md: Temporal's command line reads what is encrypted", async () => {
  const env = { TEMPORAL_ADDRESS: at.temporalAddress };
  const typed = await type('docs/operating.md', 'temporal workflow show', env);
  expect(typed).toMatchObject(WELL);
  expect(typed.out).toContain('input[0].request.email: jeanne@example.org');
});

test('simulator/README.md: a fault by HTTP, and the settings of a worker', async () => {
  expect(await type('simulator/README.md', '/admin/faults')).toMatchObject(WELL);
  await fetch(`${at.simulatorUrl}/admin/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loseAnswer: null }),
  });
  const settings = await blockWith('simulator/README.md', 'sh', 'export AR24_BASE_URL');
  expect(settings).toContain(
    `AR24_BASE_URL=http://127.0.0.1:${DEFAULT_PORT}/api/ AR24_TOKEN=${DEMO_TOKEN} AR24_PRIVATE_KEY=${DEMO_PRIVATE_KEY}`,
  );
});

test('docs/integrating.md, events.md and notifications.md: a gateway with the keys, sources and secrets shown', async () => {
  const [encryption = '', hash = '', create = '', link = ''] = (
    await blockWith('docs/integrating.md', 'sh', 'key create')
  ).split('\n');
  const run = async (line: string) => (await shell.type(line)).out.trim();
  // The gateway below gets those of the running worker.
  for (const line of [encryption, hash]) expect(await run(line)).toMatch(/^\d{8}:\S{43}=$/);
  const shown = async (file: string, name: string) =>
    run(`${await blockWith(file, 'sh', `export ${name}`)}\necho "$${name}"`);
  const sources = join(folder, 'event-sources.json');
  await writeFile(sources, await blockWith('docs/events.md', 'json', '"name": "crm"'));
  const crmSecret = await shown('docs/notifications.md', 'ONBOARDING_NOTIFY_SECRETS');
  const gateway = startOnboard(['gateway', '--json'], {
    env: {
      TEMPORAL_ADDRESS: at.temporalAddress,
      TEMPORAL_NAMESPACE: at.namespace,
      ONBOARDING_HASH_KEY: (await readFile(join(state, 'hash-key'), 'utf8')).trim(),
      ONBOARDING_ENCRYPTION_KEYS: (await readFile(join(state, 'encryption-keys'), 'utf8')).trim(),
      ONBOARDING_GATEWAY_PORT: '0',
      ONBOARDING_API_KEYS: /\S+:\S+:\S+/.exec(await run(create))?.[0] ?? '',
      ONBOARDING_LINK_KEYS: /^\S+:\S+=$/m.exec(await run(link))?.[0] ?? '',
      ONBOARDING_EVENT_SOURCES: sources,
      CRM_EVENT_SECRETS: crmSecret,
      ONBOARDING_AR24_WEBHOOK_SECRETS: await shown(
        'docs/events.md',
        'ONBOARDING_AR24_WEBHOOK_SECRETS',
      ),
      ONBOARDING_AR24_WEBHOOK_ADDRESSES: await shown(
        'docs/events.md',
        'ONBOARDING_AR24_WEBHOOK_ADDRESSES',
      ),
      ONBOARDING_TRUSTED_PROXIES: await shown('docs/events.md', 'ONBOARDING_TRUSTED_PROXIES'),
      ONBOARDING_NOTIFY_URL: await shown('docs/notifications.md', 'ONBOARDING_NOTIFY_URL'),
      ONBOARDING_NOTIFY_SECRETS: await shown('docs/notifications.md', 'ONBOARDING_NOTIFY_SECRETS'),
    },
  });
  try {
    const up = eventually(
      'is ready',
      () => Promise.resolve(gateway.out()),
      (printed) => printed.endsWith('\n'),
    );
    const ended = gateway.end.then(({ err }) => Promise.reject(new Error(err)));
    const { url } = JSON.parse(await Promise.race([up, ended])) as { url: string };
    here = { ...here, 'http://127.0.0.1:8080': new URL(url).origin };
    const sent = await type('docs/events.md', 'msg_1', { CRM_EVENT_SECRETS: crmSecret });
    expect(sent).toMatchObject({ ...WELL, out: '202\n' });
  } finally {
    gateway.child.kill('SIGTERM');
    await gateway.end;
  }
});

test('README: Ctrl-C ends everything', async () => {
  expect(await machine.interrupt()).toMatchObject(WELL);
});
