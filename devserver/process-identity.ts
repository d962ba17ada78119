import { readFile } from 'node:fs/promises';
import { psStart } from './ps-start.ts';

/** A process, told apart from a later one that the system gave the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever unit the system tells: only ever compared for equality. */
  readonly started: string;
}

/** Undefined when no such process runs. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const started = process.platform === 'linux' ? await linuxStart(pid) : await psStart(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether this very process still runs. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await identify(identity.pid))?.started === identity.started;
}

/**
 * Field 22 of /proc/PID/stat: clock ticks from boot to start. The name before it may hold spaces
 * and brackets, so fields are counted from the last bracket. A zombie no longer runs.
 */
async function linuxStart(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
