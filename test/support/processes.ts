/** Processes of this machine. */
import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

/** False also for a zombie. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name before the state may hold spaces and brackets.
  const state = stat.charAt(stat.lastIndexOf(')') + 2);
  return state !== '' && state !== 'Z';
}

/** Those whose command line has this argument. */
export async function processesWith(argument: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return line.split('\0').includes(argument) ? [pid] : [];
    }),
  );
  return found.flat();
}

export interface RunningProcess {
  readonly pid: number;
  /** With its arguments. */
  readonly command: string;
}

/** All that a process has started and that still run, and what these have started, and so on. */
export function processesBelow(pid: number): readonly RunningProcess[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const all = [...table.matchAll(/^ *(\d+) +(\d+) (.*)$/gm)].map(
    ([, own, parent, command = '']) => ({ pid: Number(own), parent: Number(parent), command }),
  );
  const below = (above: number): readonly RunningProcess[] =>
    all
      .filter(({ parent }) => parent === above)
      .flatMap(({ pid, command }) => [{ pid, command }, ...below(pid)]);
  return below(pid);
}
