import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a process holds in memory (RSS), in MiB. */
export async function memoryMiB(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Math.round(Number(stdout.trim()) / 1024);
}
