/** `npm run bench` ends with nothing left behind, and a part that stands still ends with an error. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTemporalCli, findTestServer } from '../../devserver/index.ts';
import { fakeExecutable } from '../devserver/fake-executable.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive } from '../support/processes.ts';

const BENCH = fileURLToPath(new URL('../../bench/main.ts', import.meta.url));
const quiet = () => undefined;

let servers: string;
let env: Record<string, string>;
let bench: ChildProcess | undefined;

beforeEach(async () => {
  const folder = await temporaryFolder();
  servers = join(folder, 'servers');
  const [cli, testServer] = [await findTemporalCli(quiet), await findTestServer(quiet)];
  const noteServer = `echo $$ >> '${servers}'`;
  env = {
    // Each server notes its process id as it starts; asking for the version starts none.
    TEMPORAL_CLI_PATH: await fakeExecutable(
      join(folder, 'temporal'),
      `if [ "$1" = server ]; then ${noteServer}; fi\nexec '${cli}' "$@"`,
    ),
    TEMPORAL_TEST_SERVER_PATH: await fakeExecutable(
      join(folder, 'test-server'),
      `${noteServer}\nexec '${testServer}' "$@"`,
    ),
  };
});

afterEach(() => {
  if (bench?.exitCode === null) bench.kill('SIGTERM');
});

/** In a process group of its own, so that all of it that is left can be found. */
function runBench(...args: readonly string[]) {
  const child = spawn(process.execPath, [BENCH, ...args], {
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  bench = child;
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return { child, err: () => err, exit: once(child, 'exit') };
}

async function started(): Promise<readonly number[]> {
  const noted = await readFile(servers, 'utf8').catch(() => '');
  return noted.split('\n').filter(Boolean).map(Number);
}

async function runningServers(): Promise<readonly number[]> {
  const all = (await started()).map(async (pid) => ((await isAlive(pid)) ? [pid] : []));
  return (await Promise.all(all)).flat();
}

function groupIsGone({ pid }: ChildProcess): boolean {
  try {
    process.kill(-Number(pid), 0);
    return false;
  } catch {
    return true;
  }
}

async function expectNothingLeft(child: ChildProcess): Promise<void> {
  expect(await started()).not.toEqual([]);
  const left = await eventually('ends all servers', runningServers, (pids) => pids.length === 0);
  expect(left).toEqual([]);
  const gone = () => Promise.resolve(groupIsGone(child));
  expect(await eventually('ends its processes', gone, Boolean)).toBe(true);
}

test.each([
  ['SIGINT', 'paths'],
  ['SIGTERM', 'paths'],
  ['SIGINT', 'throughput'],
  ['SIGTERM', 'memory'],
  ['SIGINT', 'start'],
  ['SIGTERM', 'start'],
  ['SIGTERM', 'webhooks'],
] as const)('%s in %s leaves no server and no other process behind', async (signal, part) => {
  const { child, exit } = runBench(part, '--short');
  await eventually('starts a server', started, (pids) => pids.length > 0);
  // A terminal would send it to the whole group; this is harder.
  child.kill(signal);
  expect(await exit).toEqual([130, null]);
  await expectNothingLeft(child);
});

test('a part that makes no progress ends with an error that names it, and leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  env['TEMPORAL_TEST_SERVER_PATH'] = await fakeExecutable(
    join(folder, 'silent-server'),
    `echo $$ >> '${servers}'\nexec sleep 600`,
  );
  const { child, err, exit } = runBench('paths', '--short', '--patience', '1');
  expect(await exit).toEqual([1, null]);
  expect(err()).toContain('✗ paths: NoProgressError: it made no progress for 1 s');
  await expectNothingLeft(child);
});
