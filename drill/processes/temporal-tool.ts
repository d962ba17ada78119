/** Temporal's command line, as an operator uses it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findTemporalCli } from '../../devserver/index.ts';
import type { TemporalAt } from '../stage/options.ts';

const run = promisify(execFile);

export interface TemporalToolAt extends TemporalAt {
  readonly folder: string;
  readonly progress: (line: string) => void;
}

/**
 * @returns what it prints
 * @throws Error if the command fails
 */
export async function temporalTool(
  { address, namespace, folder, progress }: TemporalToolAt,
  args: readonly string[],
): Promise<string> {
  const cli = await findTemporalCli(progress);
  const { stdout } = await run(cli, args, {
    env: {
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      // The tool reads its configuration from HOME; this folder has none.
      HOME: folder,
    },
  });
  return stdout;
}
