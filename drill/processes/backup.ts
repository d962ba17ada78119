/** Base backup and archived WAL of one PostgreSQL cluster, and its restore to a moment: docs/backup.md, as a program. */
import { appendFile, chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../pause.ts';
import type { Database } from './postgresql.ts';

/** A segment of the log is archived after this time, even if it is not full. */
const ARCHIVED_AFTER = '5s';
const PROMOTED_WITHIN_MS = 120_000;

const archiveIn = (folder: string): string => join(folder, 'archive');
const backupIn = (folder: string): string => join(folder, 'base');

/** The settings of a server that archives its WAL in this folder. */
export function archiving(folder: string): Readonly<Record<string, string>> {
  const target = `${archiveIn(folder)}/%f`;
  return {
    archive_mode: 'on',
    archive_command: `test ! -f ${target} && cp %p ${target}.part && mv ${target}.part ${target}`,
    archive_timeout: ARCHIVED_AFTER,
  };
}

/** PostgreSQL may run as another user. */
export async function makeArchive(folder: string): Promise<void> {
  await mkdir(archiveIn(folder));
  for (const path of [folder, archiveIn(folder)]) await chmod(path, 0o777);
}

export async function baseBackup({ run, port, user }: Database, folder: string): Promise<void> {
  const server = ['-h', '127.0.0.1', '-p', String(port), '-U', user];
  await run('pg_basebackup', [...server, '-D', backupIn(folder), '-X', 'none', '-c', 'fast']);
}

/**
 * Puts the backup in the place of the data. The server must not run; it recovers when it starts.
 *
 * @param at the moment, by the clock of this machine
 */
export async function restoreFiles({ data }: Database, folder: string, at: Date): Promise<void> {
  await rename(data, `${data}.lost`);
  await rename(backupIn(folder), data);
  const settings = {
    restore_command: `cp ${archiveIn(folder)}/%f %p`,
    // PostgreSQL refuses a `Z` here.
    recovery_target_time: at.toISOString().replace('Z', '+00'),
    recovery_target_action: 'promote',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  await appendFile(join(data, 'postgresql.auto.conf'), lines.join(''));
  await writeFile(join(data, 'recovery.signal'), '');
}

/** Resolves when the recovery has reached its moment, and the server accepts writes. */
export async function isPromoted({ run, port, user }: Database): Promise<void> {
  const query = ['-d', 'temporal', '-Atc', 'SELECT pg_is_in_recovery()'];
  const server = ['-h', '127.0.0.1', '-p', String(port), '-U', user];
  await until('PostgreSQL has recovered', PROMOTED_WITHIN_MS, async () => {
    try {
      return (await run('psql', [...server, ...query])) === 'f';
    } catch {
      return false;
    }
  });
}
