import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../devserver/index.ts';
import { runOnboard, type Ran } from './onboard.ts';
import { anEnvironment } from './scene.ts';

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

test('where nobody answers, every command says so and exits with 5', async () => {
  const commands = [['status', 'x'], ['watch', 'x'], ['list'], ['check', 'x'], ['remind', 'x']];
  for (const { code, out, err } of await Promise.all(commands.map((args) => onboard(args)))) {
    expect({ code, out }).toEqual({ code: 5, out: '' });
    expect(err).toMatch(/^onboard: Temporal cannot be used: .*127\.0\.0\.1:\d+.*\n$/);
  }
});

test('where no Temporal is named and none runs here, it says how to get one', async () => {
  const { code, err } = await onboard(['list'], { TEMPORAL_ADDRESS: '' });
  expect(code).toBe(5);
  expect(err).toContain('run `npm start`');
});

test('a key that is missing or odd is asked for, and not repeated', async () => {
  const missing = await onboard(['list'], { ONBOARDING_HASH_KEY: '' });
  expect(missing.code).toBe(2);
  expect(missing.err).toContain('ONBOARDING_HASH_KEY');
  const odd = await onboard(['list'], { ONBOARDING_HASH_KEY: 'secretsecret' });
  expect(odd.code).toBe(2);
  expect(odd.err).toContain('VERSION:BASE64 is expected');
  expect(odd.err).not.toContain('secretsecret');
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
