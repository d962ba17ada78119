/** Controls the clock of processes that preload shifted-clock.ts. */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../folder.ts';

const PRELOAD = new URL('./shifted-clock.ts', import.meta.url);

export interface Clock {
  /** Node's options that give a process this clock. */
  readonly nodeOptions: readonly string[];
  /** Sets the clock ahead of (or, negative, behind) the right time; processes apply it within 200 ms. */
  shiftTo(offsetMs: number): Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function makeClock(offsetMs: number): Promise<Clock> {
  const folder = await temporaryFolder('drill-clock');
  const file = join(folder.path, 'offset');
  const preload = new URL(PRELOAD);
  preload.searchParams.set('file', file);
  const shiftTo = async (offset: number): Promise<void> => {
    // Renamed, so that no process reads half of the number.
    await writeFile(`${file}.new`, String(offset));
    await rename(`${file}.new`, file);
  };
  await shiftTo(offsetMs);
  return {
    nodeOptions: ['--import', preload.href],
    shiftTo,
    remove: folder.remove,
  };
}
