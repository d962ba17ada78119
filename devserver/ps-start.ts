import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * When a process started, as `ps` tells it; undefined when none runs, or there is no `ps`. It writes
 * the time for whoever asks, and the next one may ask in a terminal of another language or zone: so
 * always in the same.
 */
export async function psStart(pid: number): Promise<string | undefined> {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)], { env });
    const started = stdout.trim();
    return started === '' ? undefined : started;
  } catch {
    return undefined;
  }
}
