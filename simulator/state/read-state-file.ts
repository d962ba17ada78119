import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { errorCode, StateFileError } from '../errors.ts';
import { applied, DeltaSchema, EMPTY, SnapshotSchema, type Snapshot } from './snapshot.ts';
import { temporaryName } from './state-file.ts';

/**
 * Reads a state file. If it does not exist, the state is empty.
 *
 * @throws StateFileError when the file has another format
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
  // A text after the last line break is a change that a kill cut short: its call was never answered.
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
      'Choose another file, or delete this one to start with an empty state.',
  );
}

/** Removes temporary files that a kill left behind while the state file was rewritten. */
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
