import { beforeEach, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENVIRONMENT_TABLE } from '../../cli/environment/table.ts';
import { plainEnvironment, toolEnvironment } from '../../devserver/child-environment.ts';
import { runWithProgress } from '../../devserver/run-with-progress.ts';
import { startServerProcess } from '../../devserver/server-process.ts';
import { useEnvironment } from './environment.ts';
import { fakeExecutable } from './fake-executable.ts';
import { temporaryFolder } from './temporary-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  useEnvironment({
    AR24_PRIVATE_KEY: 'unmistakable',
    ONBOARDING_ENCRYPTION_KEYS: 'unmistakable',
    TEMPORAL_API_KEY: 'unmistakable',
    GOOGLE_API_KEY: 'unmistakable',
    NPM_CONFIG__AUTH: 'unmistakable',
    GOPROXY: 'https://mirror.example',
  });
});

test('a child process inherits none of our own variables', () => {
  const all = Object.fromEntries(ENVIRONMENT_TABLE.map(({ name }) => [name, 'set']));
  expect(Object.keys(all).length).toBeGreaterThan(50);
  expect(toolEnvironment(all)).toEqual({});
  expect(plainEnvironment({ ...all, PATH: '/bin' })).toEqual({ PATH: '/bin' });
});

test('a server inherits the variables that any program needs, and no secret', async () => {
  const written = join(folder, 'environment');
  const path = await fakeExecutable(join(folder, 'server'), `env > '${written}'`);
  await (
    await startServerProcess({
      command: path,
      args: [],
      logFile: join(folder, 'log'),
      inherited: undefined,
    })
  ).end;
  const seen = await readFile(written, 'utf8');
  expect(seen).toContain('PATH=');
  expect(seen).not.toMatch(/unmistakable|GOPROXY/);
});

test('a tool also inherits the variables of its proxies and mirrors', async () => {
  const command = await fakeExecutable(join(folder, 'tool'), 'env');
  const run = { command, args: [], timeLimitMs: 10_000, doing: 'a test', env: { GOBIN: 'here' } };
  const { output } = await runWithProgress(run, () => undefined).then((result) =>
    result.kind === 'done' ? result : { output: result.why },
  );
  expect(output).toMatch(/^GOPROXY=https:\/\/mirror\.example$/m);
  expect(output).toMatch(/^GOBIN=here$/m);
  expect(output).not.toContain('unmistakable');
});
