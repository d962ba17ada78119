/** Temporal's command line, on the namespace of a stack. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findTemporalCli } from '../../devserver/index.ts';
import type { Stack } from './stack.ts';

const run = promisify(execFile);

/**
 * @returns what it prints
 * @throws Error if the command fails
 */
export async function temporalTool(stack: Stack, args: readonly string[]): Promise<string> {
  const cli = await findTemporalCli(stack.game.progress);
  const { stdout } = await run(cli, args, {
    env: {
      TEMPORAL_ADDRESS: stack.game.temporal.address,
      TEMPORAL_NAMESPACE: stack.namespace,
      // The tool reads its configuration from HOME; this folder has none.
      HOME: stack.folder,
    },
  });
  return stdout;
}
