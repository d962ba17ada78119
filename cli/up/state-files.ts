import { rm, open, stat } from 'node:fs/promises';
import { DevServerStartError } from '../../devserver/index.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { inStateFolder } from '../state-folder/path.ts';
import type { UpPlan } from './options.ts';

export const TEMPORAL_DB = 'temporal.db';
export const SIMULATOR_STATE = 'simulator.json';

/** SQLite keeps recent writes in files beside the database. */
const DELETED = [
  ...['', '-wal', '-shm', '-journal'].map((suffix) => TEMPORAL_DB + suffix),
  SIMULATOR_STATE,
];

/** Deletes onboardings and simulated accounts; keys and logs stay. Nothing may be running. */
export async function deleteState(): Promise<void> {
  for (const name of DELETED) await rm(inStateFolder(name), { recursive: true, force: true });
}

/** The beginning of each SQLite file. An empty file becomes a new database. */
const HEADER = 'SQLite format 3\0';
/** SQLite's messages about a damaged file, as the server passes them on. */
const DAMAGED = /file is not a database|disk image is malformed|unable to open database file/;

/** @throws CommandError where the file is no database */
export async function assertDatabase({ kind }: UpPlan['temporal']): Promise<void> {
  if (kind !== 'own') return;
  const path = inStateFolder(TEMPORAL_DB);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isFile()) throw new CommandError(damaged('is no file'));
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER.length), 0);
    const begins = buffer.toString('latin1', 0, bytesRead);
    if (bytesRead > 0 && begins !== HEADER) throw new CommandError(damaged('is no database'));
  } finally {
    await file.close();
  }
}

/** An error about a damaged database as a CommandError that says what to do; other errors unchanged. */
export function databaseError(error: unknown): unknown {
  if (!(error instanceof DevServerStartError) || !DAMAGED.test(error.message)) return error;
  return new CommandError(`${damaged('cannot be used')}\n${error.message}`, EXIT.unexpected);
}

function damaged(how: string): string {
  return (
    `${inStateFolder(TEMPORAL_DB)}, where Temporal keeps all onboardings, ${how}: it is damaged. Restore it ` +
    `from a copy, with ${TEMPORAL_DB}-wal and ${TEMPORAL_DB}-shm where the copy has them, or delete all ` +
    'onboardings and start again: npm start -- --reset'
  );
}
