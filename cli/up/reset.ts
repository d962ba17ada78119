import { rm } from 'node:fs/promises';
import { inStateFolder } from '../state-folder/path.ts';

export const TEMPORAL_DB = 'temporal.db';
export const SIMULATOR_STATE = 'simulator.json';

/** SQLite keeps what is not yet in the file beside it. */
const FORGOTTEN = [
  ...['', '-wal', '-shm', '-journal'].map((suffix) => TEMPORAL_DB + suffix),
  SIMULATOR_STATE,
];

/** Forgets onboardings and simulated accounts; keys and logs stay. Nothing may run on them. */
export async function forgetState(): Promise<void> {
  for (const name of FORGOTTEN) await rm(inStateFolder(name), { force: true });
}
