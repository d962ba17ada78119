/** A PostgreSQL server with its own database cluster, in its own folder. */
import { execFile } from 'node:child_process';
import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CannotRunError } from '../drill.ts';
import { until } from '../pause.ts';
import { keepRunning, type Kept, type Program } from './kept.ts';
import { lastingPort } from './port.ts';

const run = promisify(execFile);
const READY_WITHIN_MS = 30_000;

export interface Database {
  readonly port: number;
  readonly server: Kept;
  readonly user: string;
  /** The folder of the database cluster. */
  readonly data: string;
  /** Runs one of PostgreSQL's programs with the rights of the server. */
  readonly run: (program: string, args: readonly string[]) => Promise<string>;
}

/**
 * @param bin the folder of PostgreSQL's programs
 * @param settings of the server, as in its configuration file
 * @throws CannotRunError if it would run as root
 */
export async function startPostgresql(
  bin: string,
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Database> {
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
    args: [
      ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    env,
    logFile: join(folder, 'postgresql.log'),
    user,
  });
  const readyOptions = ['-h', '127.0.0.1', '-p', String(port), '-U', 'temporal', '-q'];
  await until('PostgreSQL answers', READY_WITHIN_MS, async () => {
    try {
      await run(join(bin, 'pg_isready'), readyOptions, { env });
      return true;
    } catch {
      return false;
    }
  });
  return {
    port,
    server,
    user: 'temporal',
    data,
    async run(program, args) {
      const { stdout } = await run(join(bin, program), args, { env, cwd: folder, ...user });
      return stdout.trim();
    },
  };
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
