import { readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const identity = z.object({ pid: z.int().positive(), started: z.string() });

const serverRecord = z.object({
  /** The server process. */
  server: identity,
  /** The process that started it and will stop it. */
  owner: identity,
  port: z.int(),
});

/** Who runs the server of a database file. Lies beside the file for as long as the server runs. */
export type ServerRecord = Readonly<z.infer<typeof serverRecord>>;

function pathOf(dbFile: string): string {
  return `${dbFile}.server.json`;
}

/** Undefined when there is none, or none that can be read. */
export async function readRecord(dbFile: string): Promise<ServerRecord | undefined> {
  try {
    return serverRecord.parse(JSON.parse(await readFile(pathOf(dbFile), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Answers whether it was written: not when another process has written one meanwhile. */
export async function writeRecord(dbFile: string, record: ServerRecord): Promise<boolean> {
  try {
    await writeFile(pathOf(dbFile), JSON.stringify(record), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

export async function removeRecord(dbFile: string): Promise<void> {
  await rm(pathOf(dbFile), { force: true });
}
