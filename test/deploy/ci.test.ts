import { beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fakeExecutable } from '../devserver/fake-executable.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { PROJECT } from './compose-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  await runAs(0);
});

async function runAs(uid: number): Promise<void> {
  await fakeExecutable(join(folder, 'id'), `echo ${uid}`);
}

/** Runs `.ci/run` with an npm whose `ci` and `run tools` work, and whose `run verify`, `drill` and `bench` are the given scripts. */
async function runWith(
  verify: string,
  drill = 'shift 2; echo drills "$@"',
  bench = 'echo benchmarks',
): Promise<{ code: number | null; lines: string[] }> {
  await fakeExecutable(
    join(folder, 'npm'),
    `if [ "$1" = ci ] || [ "$2" = tools ]; then exit 0; fi\nif [ "$2" = drill ]; then ${drill}; exit; fi\nif [ "$2" = bench ]; then ${bench}; exit; fi\nresults=\${5#--outputFile=}\n${verify}`,
  );
  const path = [folder, dirname(process.execPath), process.env['PATH']].join(delimiter);
  const run = spawnSync(join(PROJECT, '.ci/run'), {
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  return { code: run.status, lines: run.stdout.trimEnd().split('\n') };
}

function counting(counts: Readonly<Record<string, number>>): string {
  return `printf '%s' '${JSON.stringify(counts)}' > "$results"`;
}

test('if all is well it ends with the counts and with success', async () => {
  const counts = { numPassedTests: 12, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  const { code, lines } = await runWith(`echo checks; ${counting(counts)}`);
  expect(lines).toEqual([
    'checks',
    'drills -- --short',
    'benchmarks',
    '12 passed, 0 failed, 0 skipped',
  ]);
  expect(code).toBe(0);
});

test('a drill that fails makes it fail, and the counts of the tests still come last', async () => {
  const counts = { numPassedTests: 12, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  const { code, lines } = await runWith(counting(counts), 'echo stuck; exit 1');
  expect(lines).toEqual(['stuck', 'benchmarks', '12 passed, 0 failed, 0 skipped']);
  expect(code).toBe(1);
});

test('without root it leaves out by name also the checks that need root, and nothing else', async () => {
  await runAs(1000);
  const { lines } = await runWith(counting({ numPassedTests: 1 }));
  // PostgreSQL's as well, if it is not installed.
  expect(lines[0]).toMatch(/^drills -- --short --without disk( --without postgresql)?$/);
});

test('a benchmark that does not work makes it fail', async () => {
  const counts = { numPassedTests: 12, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  const { code, lines } = await runWith(counting(counts), 'echo drills', 'echo waits; exit 1');
  expect(lines).toEqual(['drills', 'waits', '12 passed, 0 failed, 0 skipped']);
  expect(code).toBe(1);
});

test('failed and skipped tests are counted, and it fails', async () => {
  const counts = { numPassedTests: 9, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
  const { code, lines } = await runWith(`${counting(counts)}; exit 1`);
  expect(lines).toEqual(['9 passed, 2 failed, 2 skipped']);
  expect(code).toBe(1);
});

test('a test file that could not be loaded counts as a failure', async () => {
  const counts = { numPassedTests: 9, numFailedTests: 0, numRuntimeErrorTestSuites: 1 };
  const { lines } = await runWith(`${counting(counts)}; exit 1`);
  expect(lines.at(-1)).toBe('9 passed, 1 failed, 0 skipped');
});

test('a check that fails before any test ran counts as a failure', async () => {
  const { code, lines } = await runWith('exit 2');
  expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
  expect(code).toBe(2);
});
