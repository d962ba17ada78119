import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs a command as a person would in an empty shell in `folder`: with this test's Node, and
 * without the variables that npm and the tests' set-up have set for the running tests. Answers its output.
 *
 * @throws with the output when it fails.
 */
export async function runIn(folder: string, command: string, ...args: string[]): Promise<string> {
  const ours = Object.entries(process.env).filter(
    ([name]) => !name.toLowerCase().startsWith('npm_') && name !== 'TEST_WORKFLOW_BUNDLE',
  );
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const { stdout } = await run(command, args, {
    cwd: folder,
    env: { ...Object.fromEntries(ours), PATH: path },
    maxBuffer: 50 * 1024 * 1024,
  });
  return stdout;
}
