import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../stage/stage.ts';

/** How often a worker's code did not fit a history, from the logs of all workers. */
export async function nondeterminismIn({ folder }: Stage): Promise<number> {
  const logs = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  const texts = await Promise.all(logs.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.join('\n').split(/nondeterminism/i).length - 1;
}
