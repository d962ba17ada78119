import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { freePort } from '../../devserver/index.ts';
import { registrationForm } from '../support/people.ts';
import { runOnboard, startOnboard, type Ran } from './onboard.ts';
import { WORKER_ENVIRONMENT } from '../worker/worker.ts';
import { anEnvironment } from './running-system.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-cli-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function onboard(
  args: readonly string[],
  changes: Record<string, string> = {},
): Promise<Ran> {
  const env = { ...anEnvironment(`127.0.0.1:${await freePort()}`, folder), ...changes };
  return runOnboard(args, { env });
}

test('where Temporal does not answer, every command exits with 5', async () => {
  const commands = [['status', 'x'], ['watch', 'x'], ['list'], ['check', 'x'], ['remind', 'x']];
  for (const { code, out, err } of await Promise.all(commands.map((args) => onboard(args)))) {
    expect({ code, out }).toEqual({ code: 5, out: '' });
    expect(err).toMatch(/^onboard: Temporal cannot be used: .*127\.0\.0\.1:\d+.*\n$/);
  }
});

test('a reader that closes the output, as `head` does, changes neither end nor exit code', async () => {
  const env = anEnvironment(`127.0.0.1:${await freePort()}`, folder);
  const doctor = startOnboard(['doctor'], { env });
  doctor.child.stdout?.once('data', () => doctor.child.stdout?.destroy());
  const { code, out, err } = await doctor.end;
  expect({ code, err }).toEqual({ code: 7, err: '' });
  expect(out).not.toContain('mending');
});

test('where no Temporal is named and none runs here, the message says how to get one', async () => {
  const { code, err } = await onboard(['list'], { TEMPORAL_ADDRESS: '' });
  expect(code).toBe(5);
  expect(err).toContain('run `npm start`');
});

test('a missing or invalid key is reported, and not repeated', async () => {
  const missing = await onboard(['list'], { ONBOARDING_HASH_KEY: '' });
  expect(missing.code).toBe(2);
  expect(missing.err).toContain('ONBOARDING_HASH_KEY');
  const odd = await onboard(['list'], { ONBOARDING_HASH_KEY: 'secretsecret' });
  expect(odd.code).toBe(2);
  expect(odd.err).toContain('VERSION:BASE64 is expected');
  expect(odd.err).not.toContain('secretsecret');
});

test.each([
  ['TEMPORAL_ADDRESS', 'https://unwanted.example.org:7233', 'HOST:PORT is expected'],
  ['TEMPORAL_ADDRESS', 'unwanted:70000', 'HOST:PORT is expected'],
  ['TEMPORAL_TLS', 'unwanted', 'true or false or 1 or 0 is expected'],
  ['TEMPORAL_API_KEY', 'unwanted\nunwanted', 'holds a character that no key can have'],
])('%s=%j is explained by every command alike', async (name, value, why) => {
  const commands = [['list'], ['status', 'x'], ['worker'], ['up', '--json'], ['doctor', '--json']];
  const changes = { ...WORKER_ENVIRONMENT, [name]: value };
  const all = await Promise.all(commands.map((args) => onboard(args, changes)));
  for (const { err } of all.slice(0, -1)) expect(err).toContain(`  ${name} `);
  for (const { out, err } of all) {
    expect(out + err).toContain(why);
    expect(out + err).not.toMatch(/unwanted|does not answer|every variable is valid/);
  }
  expect(all.map(({ code }) => code)).toEqual([2, 2, 2, 2, 7]);
});

test('the help lists the commands in groups, and each command shows how it is used', async () => {
  const { code, out } = await onboard(['--help']);
  expect(code).toBe(0);
  const groups = ['Onboard a sender:', 'See how it goes:', 'Step in:', 'Run the system:'];
  expect(out.split('\n').filter((line) => groups.includes(line))).toEqual(groups);
  const names = [...out.matchAll(/^ {2}([a-z-]+) \[options\] [<[]reference/gm)].map(
    ([, name = '']) => name,
  );
  expect(names).toContain('start');
  const helps = await Promise.all(names.map((name) => onboard([name, '--help'])));
  for (const [index, help] of helps.entries()) {
    expect(help.out).toMatch(new RegExp(`Examples?:\n  \\$ onboard ${names[index]} `));
  }
});

test.each([
  [['--help'], 0],
  [['start', '--help'], 0],
  [['key', 'hash'], 0],
  [['unknown'], 2],
  [['list'], 5],
] as const)('onboard %j ends alike if the reader closes its output', async (args, code) => {
  const env = anEnvironment(`127.0.0.1:${await freePort()}`, folder);
  const withoutOutput = startOnboard(args, { env });
  withoutOutput.child.stdout?.destroy();
  const withoutErrors = startOnboard(args, { env });
  withoutErrors.child.stderr?.destroy();
  const ends = await Promise.all([withoutOutput.end, withoutErrors.end]);
  expect(ends.map((end) => end.code)).toEqual([code, code]);
  expect(ends[0].err).not.toContain('EPIPE');
});

test('every command that reads text refuses invalid UTF-8', async () => {
  const form = JSON.stringify(registrationForm());
  const file = join(folder, 'form.json');
  const start = ['start', 'x', '--email', 'a@example.org', '--registration'];
  const cases = [
    ['latin1', [...start, file], /form\.json is not valid UTF-8.*Latin-1.*save it as UTF-8/],
    ['utf16le', [...start, file], /form\.json is UTF-16: it has to be UTF-8/],
    ['win1252', ['register', 'x', '--file', file], /form\.json is not valid UTF-8/],
    ['latin1', ['register', 'x', '--file', '-'], /standard input is not valid UTF-8/],
    ['latin1', [...start, '-'], /standard input is not valid UTF-8/],
    ['latin1', ['start', 'x', '--email', '-'], /standard input is not valid UTF-8/],
    ['latin1', ['correct-address', 'x', '--email', '-'], /standard input is not valid UTF-8/],
  ] as const;
  for (const [encoding, args, message] of cases) {
    const stdin = iconv.encode(form, encoding);
    await writeFile(file, stdin);
    const { code, out, err } = await runOnboard(args, {
      env: anEnvironment('127.0.0.1:1', folder),
      stdin,
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/Zo|Br/);
  }
});
