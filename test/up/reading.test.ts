/** An operator reads encrypted data in Temporal's UI and CLI. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { findTemporalCli } from '../../devserver/index.ts';
import { callCodec } from '../codec-server/call-codec.ts';
import { runOnboard, startOnboard } from '../cli/onboard.ts';
import { DESK, picture, useChromium } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import { acceptLink, addressesOf, onboard, startUp, temporalPid, type Machine } from './machine.ts';

const run = promisify(execFile);
const JEANNE = 'jeanne@example.org';
const WORKFLOW = 'sender-onboarding/demo';
const where = z.object({ codecUrl: z.string() });
/** By the codes that `styleText` writes (ECMA-48, SGR). */
const STYLES: Readonly<Record<string, string>> = {
  1: 'font-weight:700',
  2: 'opacity:.6',
  31: 'color:#f48771',
  32: 'color:#89d185',
  33: 'color:#e5c07b',
};

const visit = useChromium();

let folder: string;
let machine: Machine;
let uiUrl: string;
let codecUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  machine = await startUp({ folder, args: ['--json'] });
  const found = await addressesOf(machine);
  uiUrl = found.uiUrl ?? '';
  ({ codecUrl } = where.parse(JSON.parse(machine.out())));
  await onboard(folder, 'start', 'demo', '--email', JEANNE);
  await acceptLink(found.simulatorUrl ?? '', JEANNE);
});

afterAll(async () => {
  if (machine.child.exitCode === null) await machine.interrupt();
  await rm(folder, { recursive: true, force: true });
});

/** Temporal's own command line; standard output. */
async function temporal(...args: readonly string[]): Promise<string> {
  const cli = await findTemporalCli(() => undefined);
  const { temporalAddress } = await addressesOf(machine);
  const { stdout } = await run(cli, [...args, '--address', temporalAddress]);
  return stdout;
}

const history = (...more: readonly string[]) =>
  temporal('workflow', 'show', '--workflow-id', WORKFLOW, '--output', 'json', ...more);

/** In JSON of Temporal's CLI, which has payloads in base64. */
function includesWords(text: string, words: string): boolean {
  const decoded = [...text.matchAll(/"([A-Za-z0-9+/]{8,}={0,2})"/g)].map(([, base64 = '']) =>
    Buffer.from(base64, 'base64').toString('latin1'),
  );
  return [text, ...decoded].some((one) => one.includes(words));
}

/** What a command has printed, as a terminal shows it. */
function asTerminal(text: string): string {
  const escaped = text.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const styled = escaped.replaceAll(/\u001b\[(\d+)m/g, (_code, style: string) =>
    style in STYLES ? `<span style="${STYLES[style] ?? ''}">` : '</span>',
  );
  return `<body style="margin:0;background:#1e222a;color:#e6e6e6;width:max-content"><pre style="margin:0;padding:28px 32px;font:16px/1.9 monospace">${styled}</pre>`;
}

test('its address is in a file for its owner only, and is not printed', async () => {
  const file = join(folder, 'codec-url');
  await expect(readFile(file, 'utf8')).resolves.toBe(codecUrl);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(machine.err()).toContain(`its full address in ${file}`);
  const secret = new URL(codecUrl).pathname.slice(1);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(machine.err()).not.toContain(secret);
});

test('the command line decodes with it, and sends encrypted data', async () => {
  expect(includesWords(await history(), JEANNE)).toBe(false);
  expect(includesWords(await history('--codec-endpoint', codecUrl), JEANNE)).toBe(true);

  const word = 'unmistakable-claim';
  await temporal(
    ...['workflow', 'signal', '--workflow-id', WORKFLOW, '--name', 'check'],
    ...['--input', JSON.stringify({ source: word }), '--codec-endpoint', codecUrl],
  );
  const [raw, read] = await Promise.all([history(), history('--codec-endpoint', codecUrl)]);
  expect(raw).toContain('WORKFLOW_EXECUTION_SIGNALED');
  expect([includesWords(raw, word), includesWords(read, word)]).toEqual([false, true]);
});

test('the UI decodes by itself, also after Temporal was killed and restarted', async () => {
  const page = `${uiUrl}/namespaces/default/workflows/${encodeURIComponent(WORKFLOW)}`;
  const shown = () =>
    visit(DESK, async (browser) => {
      await browser.goto(page);
      await browser.getByText(JEANNE).first().waitFor();
      await picture(browser, 'decoded-in-temporal-ui', 'screen');
    });
  await expect(shown()).resolves.toBeUndefined();
  const killed = await temporalPid(folder);
  process.kill(killed, 'SIGKILL');
  await eventually(
    'back',
    () => Promise.resolve(machine.err()),
    (err) => err.includes('is back'),
  );
  await expect(shown()).resolves.toBeUndefined();
});

test('the terminal and the UI show the story of a sender', async () => {
  const [reference, email] = ['customer-43', 'lea@example.org'];
  const form = join(folder, 'form.json');
  await writeFile(form, JSON.stringify(registrationForm()));
  await onboard(folder, 'start', reference, '--email', email, '--registration', form);
  await acceptLink((await addressesOf(machine)).simulatorUrl ?? '', email);

  const env = { ONBOARDING_STATE_DIR: folder, FORCE_COLOR: '1' };
  const watching = startOnboard(['watch', reference], { env });
  const events = await eventually(
    'watched',
    () => Promise.resolve(watching.out()),
    (out) => out.includes("AR24's terms to be accepted"),
  );
  watching.child.kill('SIGINT');
  await watching.end;
  const { out: state } = await runOnboard(['status', reference], { env });
  expect(state).toContain(reference);
  await visit({ viewport: { width: 1_000, height: 500 } }, async (page) => {
    await page.setContent(asTerminal(`${events}\n${state}`));
    await picture(page, 'watch');
  });
  await visit({ viewport: { width: 1_336, height: 1_100 } }, async (page) => {
    const workflow = encodeURIComponent(`sender-onboarding/${reference}`);
    await page.goto(`${uiUrl}/namespaces/default/workflows/${workflow}`);
    await page.getByText(email).first().waitFor();
    await page.getByText('createAccount').first().waitFor();
    await picture(page, 'temporal-ui', 'screen');
  });
});

test('another page is refused, even if it knows the address', async () => {
  const headers = { origin: 'http://127.0.0.1:1' };
  const answer = await callCodec(`${codecUrl}/decode`, { body: '{}', headers });
  expect(answer.status).toBe(403);
});

test('it ends with the other parts, and the file with its address is removed', async () => {
  expect((await machine.interrupt()).code).toBe(0);
  await expect(stat(join(folder, 'codec-url'))).rejects.toThrow('ENOENT');
  await expect(callCodec(`${codecUrl}/decode`, { body: '{}' })).rejects.toThrow('ECONNREFUSED');
});
