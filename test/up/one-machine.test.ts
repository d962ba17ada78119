import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import { isAlive } from '../support/processes.ts';
import {
  acceptLink,
  click,
  onboard,
  prints,
  startUp,
  temporalPid,
  type Machine,
} from './machine.ts';

let folder: string;
let machine: Machine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  machine = await startUp({ folder, by: 'npm' });
  await prints(machine, /^3\. .*\n/m);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The text after the number on one of the printed lines. */
function step(number: number): string {
  return new RegExp(`^${number}\\. [^:]+: +(.*)$`, 'm').exec(machine.out())?.[1] ?? '';
}

/** The words after `npx onboard`, without the comment. */
function wordsOf(line: string): readonly string[] {
  const [, words = ''] = /npx onboard (.*?)(?: {2,}\(.*)?$/.exec(line) ?? [];
  return words.split(' ');
}

test('it prints three lines, and following them makes a sender ready', async () => {
  const printed = machine.out().split('\n');
  expect(printed.filter((line) => /^\d\. /.test(line))).toHaveLength(3);
  expect(await onboard(folder, ...wordsOf(step(1)))).toMatchObject({ code: 0 });
  const watching = onboard(folder, ...wordsOf(step(2)));

  const mailbox = new URL(step(3));
  const link = await acceptLink(mailbox.origin, mailbox.searchParams.get('to') ?? '');
  const page = await fetch(mailbox);
  await expect(page.text()).resolves.toContain(new URL(link).pathname);
  await click(link);

  const { code, out } = await watching;
  expect(code).toBe(0);
  expect(out).toContain('ready');
});

test('a sender without an account gets one mail for each requirement', async () => {
  const form = join(folder, 'form.json');
  await writeFile(form, JSON.stringify(registrationForm()));
  const email = 'paul@example.org';
  await onboard(folder, 'start', 'with-form', '--email', email, '--registration', form);
  await eventually(
    'AR24 got the requests',
    async () => (await onboard(folder, 'status', 'with-form', '--json')).out,
    (view) => /"requests": ?\[\s*\{\s*"kind": ?"terms"/.test(view),
  );
  const mails = z
    .array(z.object({ to: z.string(), kind: z.string() }))
    .parse(await (await fetch(new URL('/mailbox.json', step(3)))).json());
  const kinds = mails.filter(({ to }) => to === email).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(['email-confirmation', 'terms']);
});

test('a second start in the same folder is refused, with the addresses of the first', async () => {
  const { code, err } = await onboard(folder, 'up');
  expect(code).toBe(2);
  expect(err).toContain('it runs already');
  expect(err).toContain(new URL(step(3)).origin);
  expect(err).not.toContain('    at ');
});

test('doctor accepts how long ended onboardings are kept', async () => {
  const { out } = await onboard(folder, 'doctor', '--json');
  expect(out).toContain('keeps ended onboardings for 30 days');
});

test('the gateway has a key of its own, and a link opens the page', async () => {
  const [, gateway = ''] = /^Gateway +at (\S+), /m.exec(machine.err()) ?? [];
  const key = await readFile(join(folder, 'api-key'), 'utf8');
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const put = await fetch(new URL('/onboardings/by-http', gateway), {
    method: 'PUT',
    headers,
    body: JSON.stringify({ email: 'nadia.gateway@example.org' }),
  });
  expect(put.status).toBe(202);
  const { out } = await eventually(
    'got a link',
    () => onboard(folder, 'link', 'by-http', '--days', '2'),
    ({ code }) => code === 0,
  );
  const page = await fetch(out.trim());
  expect(page.status).toBe(200);
  await expect(page.text()).resolves.toContain('Vos coordonnées');
  expect(await onboard(folder, 'link', 'by-http', '--revoke')).toMatchObject({ code: 0 });
  expect((await fetch(out.trim())).status).toBe(410);
});

test('Ctrl-C ends it within 10 s, and leaves no process behind', async () => {
  const temporal = await temporalPid(folder);
  const { tookMs } = await machine.interrupt();
  expect(tookMs).toBeLessThan(10_000);
  await expect(isAlive(temporal)).resolves.toBe(false);
  await expect(access(join(folder, 'running.json'))).rejects.toThrow('ENOENT');
  expect(machine.err()).toContain('Stopping');
  expect(machine.err()).not.toContain('by force');
});

test('the next start proposes another sender', async () => {
  const again = await startUp({ folder });
  await prints(again, /^3\. .*\n/m);
  expect(again.out()).toContain('start demo-2 --email karim@example.org');
  expect(await onboard(folder, 'status', 'demo', '--json')).toMatchObject({
    code: 0,
    out: expect.stringContaining('"status":"ready"'),
  });
  expect((await again.interrupt()).code).toBe(0);
});
