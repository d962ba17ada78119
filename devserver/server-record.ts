import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const identity = z.object({ pid: z.int().positive(), started: z.string() });

const serverRecord = z.object({
  /** The server process, once it is started. */
  server: identity.optional(),
  /** The process that started it and will stop it. */
  owner: identity,
  port: z.int(),
});

/** Who runs the server of a database file. Lies beside the file for as long as the server runs. */
export type ServerRecord = Readonly<z.infer<typeof serverRecord>>;

function pathOf(dbFile: string): string {
  return `${dbFile}.server.json`;
}

/** What lies beside a database file. */
type Found = ServerRecord | 'none' | 'unreadable';

export async function readRecord(dbFile: string): Promise<Found> {
  let text: string;
  try {
    text = await readFile(pathOf(dbFile), 'utf8');
  } catch {
    return 'none';
  }
  try {
    return serverRecord.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}

/**
 * Answers whether it was written: not when another process has written one meanwhile. It appears
 * under its name when whole, so that nobody takes half a record for one that a kill has left.
 */
export async function writeRecord(dbFile: string, record: ServerRecord): Promise<boolean> {
  const text = JSON.stringify(record);
  const whole = `${pathOf(dbFile)}.${randomUUID()}`;
  await writeFile(whole, text);
  try {
    await link(whole, pathOf(dbFile)).catch((error: unknown) => {
      if (isTaken(error)) throw error;
      // Not every file system has links; there, half a record can be seen for a moment.
      return writeFile(pathOf(dbFile), text, { flag: 'wx' });
    });
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  } finally {
    await rm(whole, { force: true });
  }
}

/** In the place of the one that is there, at once. */
export async function replaceRecord(dbFile: string, record: ServerRecord): Promise<void> {
  const whole = `${pathOf(dbFile)}.${randomUUID()}`;
  await writeFile(whole, JSON.stringify(record));
  await rename(whole, pathOf(dbFile));
}

export async function removeRecord(dbFile: string): Promise<void> {
  await rm(pathOf(dbFile), { force: true });
}

/** Not by `instanceof`: Node's own errors need not be of this realm, as in a test runner's. */
function isTaken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
}
