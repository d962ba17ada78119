/** PostgreSQL with a database cluster of its own, in a folder of its own. */
import { execFile } from 'node:child_process';
import { chown, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath, isExecutable } from '../../devserver/executable.ts';
import { CannotRunError } from '../drill.ts';
import { until } from '../pause.ts';
import { keepRunning, type Kept, type Program } from './kept.ts';
import { lastingPort } from './port.ts';

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';
const READY_WITHIN_MS = 30_000;

export interface Database {
  readonly port: number;
  readonly server: Kept;
  readonly user: string;
}

/** @throws CannotRunError where PostgreSQL is not installed */
export async function startPostgresql(folder: string): Promise<Database> {
  const bin = await binaries();
  const user = await ownUser();
  const data = join(folder, 'postgresql');
  await mkdir(data);
  if (user !== undefined) await chown(data, user.uid, user.gid);
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' };
  const cluster = ['-D', data, '-U', 'temporal', '--auth=trust', '--encoding=UTF8'];
  await run(join(bin, 'initdb'), cluster, { env, cwd: data, ...user });
  const port = await lastingPort();
  const server = keepRunning({
    command: join(bin, 'postgres'),
    args: ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data],
    env,
    logFile: join(folder, 'postgresql.log'),
    user,
  });
  const ask = ['-h', '127.0.0.1', '-p', String(port), '-U', 'temporal', '-q'];
  await until('PostgreSQL answers', READY_WITHIN_MS, async () => {
    try {
      await run(join(bin, 'pg_isready'), ask, { env });
      return true;
    } catch {
      return false;
    }
  });
  return { port, server, user: 'temporal' };
}

/** Debian puts them where PATH does not lead. */
async function binaries(): Promise<string> {
  const versions = await readdir(DEBIAN).catch(() => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a));
  for (const version of newest) {
    const bin = join(DEBIAN, version, 'bin');
    if (await isExecutable(join(bin, 'initdb'))) return bin;
  }
  const onPath = await findOnPath('initdb');
  if (onPath === undefined) {
    throw new CannotRunError('PostgreSQL is not installed (no initdb; in Debian: postgresql)');
  }
  return join(onPath, '..');
}

/** PostgreSQL refuses to run as root. */
async function ownUser(): Promise<Program['user']> {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (which) => Number((await run('id', [which, 'postgres'])).stdout)),
    );
    if (uid === undefined || gid === undefined) throw new Error('no numbers');
    return { uid, gid };
  } catch {
    throw new CannotRunError('PostgreSQL does not run as root, and there is no user postgres');
  }
}
