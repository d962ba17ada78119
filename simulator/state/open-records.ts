import { readStateFile, removeUnfinished } from './read-state-file.ts';
import { Records } from './records.ts';
import { EMPTY } from './snapshot.ts';
import { StateFile } from './state-file.ts';
import { lockStateFile } from './state-lock.ts';

export interface OpenRecords {
  readonly records: Records;
  /** Resolves when every change made so far is on disk, where there is a state file. */
  readonly settled: () => Promise<void>;
  /** The same, and lets the file go. */
  readonly close: () => Promise<void>;
}

/**
 * What was remembered; and remembers it from now on, in a file or in memory only.
 *
 * @throws StateFileError when the file is none, or in use
 */
export async function openRecords(path: string | undefined): Promise<OpenRecords> {
  if (path === undefined) {
    const nothing = (): Promise<void> => Promise.resolve();
    return { records: new Records(EMPTY), settled: nothing, close: nothing };
  }
  // Beside a file that is none of ours nothing is left, not even a lock.
  await readStateFile(path);
  const unlock = await lockStateFile(path);
  try {
    const records = new Records(await readStateFile(path));
    await removeUnfinished(path);
    const file = new StateFile(path, records);
    records.keepIn(file);
    const close = (): Promise<void> => file.close().finally(unlock);
    return { records, settled: () => file.settled(), close };
  } catch (error) {
    await unlock();
    throw error;
  }
}
