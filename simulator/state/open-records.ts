import { Records } from './records.ts';
import { EMPTY } from './snapshot.ts';
import { readStateFile, StateFile } from './state-file.ts';

export interface OpenRecords {
  readonly records: Records;
  /** Resolves when every change made so far is on disk, where there is a state file. */
  readonly settled: () => Promise<void>;
}

/** What was remembered; and remembers it from now on, in a file or in memory only. */
export async function openRecords(path: string | undefined): Promise<OpenRecords> {
  if (path === undefined) {
    return {
      records: new Records(EMPTY, () => undefined),
      settled: () => Promise.resolve(),
    };
  }
  const snapshot = await readStateFile(path);
  const records = new Records(snapshot, () => {
    file.changed();
  });
  const file = new StateFile(path, () => records.snapshot());
  return { records, settled: () => file.settled() };
}
