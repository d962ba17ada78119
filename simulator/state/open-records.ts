import { described, lock, LockedError, type Lock } from '../../devserver/lock.ts';
import { StateFileError } from '../errors.ts';
import { readStateFile, removeUnfinished } from './read-state-file.ts';
import { Records } from './records.ts';
import { EMPTY } from './snapshot.ts';
import { StateFile } from './state-file.ts';

export interface OpenRecords {
  readonly records: Records;
  /** Resolves when all changes so far are on disk; at once without a state file. */
  readonly settled: () => Promise<void>;
  /** Waits like `settled`, then closes and unlocks the file. */
  readonly close: () => Promise<void>;
}

/**
 * Loads the records from the state file and stores all later changes there. Without a path, the records
 * are in memory only.
 *
 * @throws StateFileError when the file has another format, or is in use
 */
export async function openRecords(path: string | undefined): Promise<OpenRecords> {
  if (path === undefined) {
    const nothing = (): Promise<void> => Promise.resolve();
    return { records: new Records(EMPTY), settled: nothing, close: nothing };
  }
  // Read before locking: no lock file may appear beside a file of another program.
  await readStateFile(path);
  const held = await lockStateFile(path);
  try {
    const records = new Records(await readStateFile(path));
    await removeUnfinished(path);
    const file = new StateFile(path, records);
    records.storeIn(file);
    const close = (): Promise<void> => file.close().finally(held.release);
    return { records, settled: () => file.settled(), close };
  } catch (error) {
    held.release();
    throw error;
  }
}

/** Two simulators on the same file would overwrite each other's changes. */
async function lockStateFile(path: string): Promise<Lock> {
  try {
    return await lock(`${path}.lock`);
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    throw new StateFileError(
      `Another simulator (${described(error.holder)}) keeps its state in ${path}: stop it, or choose another ` +
        'place for the state.',
    );
  }
}
