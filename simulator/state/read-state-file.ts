import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../error-code.ts';
import { applied, DeltaSchema } from './delta.ts';
import { EMPTY, SnapshotSchema, type Snapshot } from './snapshot.ts';
import { StateFileError } from './state-file-error.ts';
import { temporaryName } from './state-file.ts';

/**
 * What a state file holds; nothing yet if there is none.
 *
 * @throws StateFileError when it holds something else
 */
export async function readStateFile(path: string): Promise<Snapshot> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return EMPTY;
    throw error;
  }
  const [first = '', ...rest] = text.split('\n');
  // What follows the last line break is a line that a kill cut short: it was never answered.
  const lines = rest.slice(0, -1);
  const read = z
    .tuple([SnapshotSchema], DeltaSchema)
    .safeParse([first, ...lines].map(jsonOrNothing));
  if (read.success) {
    const [snapshot, ...deltas] = read.data;
    return applied(snapshot, deltas);
  }
  throw new StateFileError(
    `${path} is not a state file of this simulator: ${z.prettifyError(read.error)}\n` +
      'Name another file, or delete this one to start afresh.',
  );
}

/** Removes what a kill in the middle of writing the file anew has left beside it. */
export async function removeUnfinished(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const pid = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && name === temporaryName(basename(path), pid)) {
      await rm(join(folder, name), { force: true });
    }
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
