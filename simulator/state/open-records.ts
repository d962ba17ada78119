import { readStateFile, removeUnfinished } from './read-state-file.ts';
import { Records } from './records.ts';
import { EMPTY } from './snapshot.ts';
import { StateFile } from './state-file.ts';

export interface OpenRecords {
  readonly records: Records;
  /** Resolves when every change made so far is on disk, where there is a state file. */
  readonly settled: () => Promise<void>;
  /** The same, and lets the file go. */
  readonly close: () => Promise<void>;
}

/** What was remembered; and remembers it from now on, in a file or in memory only. */
export async function openRecords(path: string | undefined): Promise<OpenRecords> {
  if (path === undefined) {
    const nothing = (): Promise<void> => Promise.resolve();
    return { records: new Records(EMPTY), settled: nothing, close: nothing };
  }
  const snapshot = await readStateFile(path);
  await removeUnfinished(path);
  const records = new Records(snapshot);
  const file = new StateFile(path, records);
  records.keepIn(file);
  return { records, settled: () => file.settled(), close: () => file.close() };
}
