import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

const STOP_GRACE_MS = 8_000;

/** A server as a child of this process, in a process group of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** Whether it has ended, whoever ended it. */
  readonly ended: () => boolean;
  /** Resolves with how it ended, for example "exit code 1", once it has. */
  readonly end: Promise<string>;
  /** Asks it to end, forces it after 8 s, resolves when it has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the server. Ctrl-C goes to the whole process group of a terminal, so the server gets a
 * group of its own: it has to outlive the worker, whose last completions would be lost otherwise.
 * It writes into the file itself, so that it also outlives this process without a broken pipe.
 *
 * @throws when the executable cannot be started.
 */
export async function startServerProcess(
  command: string,
  args: readonly string[],
  logFile: string,
): Promise<ServerProcess> {
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);

  let ended = false;
  const end = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true;
      process.off('exit', endWithUs);
      resolve(signal ?? `exit code ${String(code)}`);
    });
  });
  const endWithUs = (): void => {
    child.kill('SIGTERM');
  };
  process.on('exit', endWithUs);

  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', (error) => {
      process.off('exit', endWithUs);
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.once('spawn', () => {
      if (child.pid !== undefined) resolve(child.pid);
    });
  });

  const stop = async (): Promise<void> => {
    if (ended) return;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    await end;
    clearTimeout(force);
  };
  return { pid, ended: () => ended, end, stop };
}
