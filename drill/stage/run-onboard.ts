import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Stage } from './stage.ts';

const MANY_BYTES = 64 * 1024 * 1024;

/** Runs an `onboard` command as an operator does. @returns its output. @throws if it exits with another code than 0 */
export async function runOnboard(
  { options, commands }: Pick<Stage, 'options' | 'commands'>,
  ...args: readonly string[]
): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [options.onboard, ...args], {
    env: { ...commands },
    maxBuffer: MANY_BYTES,
  });
  return stdout;
}

/** The JSON of each line. */
export function jsonLines(output: string): readonly unknown[] {
  const lines = output.split('\n').filter((line) => line !== '');
  return lines.map((line): unknown => JSON.parse(line));
}
