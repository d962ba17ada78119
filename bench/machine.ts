/** Describes the machine and the versions that were measured. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { findTemporalCli, findTestServer } from '../devserver/index.ts';

export type Machine = Readonly<Record<string, string>>;

const run = promisify(execFile);

/** @param testServer whether the time-skipping server is used too */
export async function describeMachine(
  progress: (line: string) => void,
  testServer: boolean,
): Promise<Machine> {
  const { stdout } = await run(await findTemporalCli(progress), ['--version']);
  const { version: sdk } = createRequire(import.meta.url)('@temporalio/worker/package.json') as {
    readonly version: string;
  };
  return {
    date: new Date().toISOString(),
    commit: await commit(),
    node: process.version,
    'Temporal SDK': sdk,
    'Temporal development server': stdout.trim(),
    // The name of its folder in the cache contains the version.
    ...(testServer && {
      'Temporal test server': basename(dirname(await findTestServer(progress))),
    }),
    payloads: 'encrypted, those of the bare workflows too',
    system: `${type()} ${release()}`,
    processor: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    'load before': load(),
  };
}

/** The load averages of 1, 5 and 15 minutes. */
export function load(): string {
  return loadavg()
    .map((average) => average.toFixed(2))
    .join(' ');
}

async function commit(): Promise<string> {
  const git = (...args: readonly string[]) => run('git', [...args], { cwd: import.meta.dirname });
  try {
    const { stdout: id } = await git('rev-parse', '--short', 'HEAD');
    const { stdout: changes } = await git('status', '--porcelain');
    return `${id.trim()}${changes === '' ? '' : ', with changes'}`;
  } catch {
    return 'unknown: not a git repository';
  }
}
