/** On what was measured: figures mean little without it. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { findTemporalCli } from '../devserver/index.ts';

export type Machine = Readonly<Record<string, string>>;

export async function describeMachine(progress: (line: string) => void): Promise<Machine> {
  const { stdout } = await promisify(execFile)(await findTemporalCli(progress), ['--version']);
  const { version: sdk } = createRequire(import.meta.url)('@temporalio/worker/package.json') as {
    readonly version: string;
  };
  return {
    date: new Date().toISOString(),
    node: process.version,
    'Temporal SDK': sdk,
    'Temporal development server': stdout.trim(),
    processor: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    'load before': loadavg()
      .map((load) => load.toFixed(2))
      .join(' '),
  };
}
