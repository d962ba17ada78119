/**
 * Ctrl-C, and SIGTERM to npm, end a run of jest, of the drills and of `npm start`, and no process is left behind.
 * test/bench/ending.test.ts shows the same for the benchmark.
 */
import { afterEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.ts';
import { isAlive, processesBelow, type RunningProcess } from '../support/processes.ts';
import { findTemporalCli } from '../../devserver/index.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const LIMIT_MS = 240_000;

interface Program {
  readonly name: string;
  /** For npm. */
  readonly args: readonly string[];
  /** It is in the middle of its work once it has run a process of each kind. */
  readonly starts: readonly RegExp[];
}

const TEMPORAL = /server start-dev/;
/** One program with all test servers, or the server of the SDK's download. */
const TEST_SERVER = /TestServers\.java|temporal-test-server/;
const CHROMIUM = /--remote-debugging/;
const ANY_PORTS = ['temporal', 'ui', 'simulator', 'gateway', 'codec'].flatMap((part) => [
  `--${part}-port`,
  '0',
]);
const TESTS = ['test/onboarding/attached.test.ts', 'test/gateway/page/accessible.test.ts'];

const PROGRAMS: readonly Program[] = [
  {
    name: 'jest with workers',
    args: ['test', '--', ...TESTS, '--maxWorkers=2'],
    starts: [TEST_SERVER, CHROMIUM],
  },
  {
    name: 'jest in one process',
    args: ['test', '--', 'test/client/following.test.ts', '--runInBand'],
    starts: [TEMPORAL],
  },
  {
    name: 'a drill',
    args: ['run', 'drill', '--', 'worker', '--short'],
    starts: [TEMPORAL, /onboard\.js worker/],
  },
  { name: 'npm start', args: ['start', '--', ...ANY_PORTS], starts: [TEMPORAL] },
];

let npm: ChildProcess | undefined;
let stateFolder: string | undefined;

afterEach(async () => {
  if (npm?.exitCode === null && npm.signalCode === null) npm.kill('SIGKILL');
  if (stateFolder !== undefined) await rm(stateFolder, { recursive: true, force: true });
});

async function start({ args }: Program): Promise<ChildProcess> {
  stateFolder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  const {
    JEST_WORKER_ID: _ofThisWorker,
    TEMPORAL_TEST_SERVER_PATH: _ofThisRun,
    ...env
  } = process.env;
  return spawn('npm', args, {
    cwd: PROJECT,
    env: {
      ...env,
      TEMPORAL_CLI_PATH: await findTemporalCli(() => undefined),
      ONBOARDING_STATE_DIR: stateFolder,
    },
    // A process group of its own, as a terminal gives it.
    detached: true,
    stdio: 'ignore',
  });
}

const CASES = PROGRAMS.flatMap((program) =>
  (['Ctrl-C', 'SIGTERM to npm'] as const).map((how) => ({ how, program, name: program.name })),
);

test.each(CASES)(
  '$how in the middle of $name leaves no process behind',
  async ({ how, program }) => {
    npm = await start(program);
    const { pid = Number.NaN } = npm;
    const end = once(npm, 'exit');
    const seen = new Map<number, RunningProcess>();
    const all = await eventually(
      'in the middle of its work',
      () => {
        for (const one of processesBelow(pid)) seen.set(one.pid, one);
        // Otherwise there would be nothing to leave behind.
        expect(npm?.exitCode).toBeNull();
        return Promise.resolve([...seen.values()]);
      },
      (ran) => program.starts.every((kind) => ran.some((one) => kind.test(one.command))),
      LIMIT_MS / 2,
    );
    // A terminal sends Ctrl-C to the whole group.
    if (how === 'Ctrl-C') process.kill(-pid, 'SIGINT');
    else npm.kill('SIGTERM');
    await end;
    const left = await eventually(
      'without processes',
      async () => {
        const states = await Promise.all(all.map(({ pid: one }) => isAlive(one)));
        return all.filter((_, index) => states[index]);
      },
      (running) => running.length === 0,
    );
    expect(left).toEqual([]);
  },
  LIMIT_MS,
);
