import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { plainEnvironment } from './child-environment.ts';
import { endWithUs } from './end-with-us.ts';

const STOP_GRACE_MS = 8_000;

/** A server that runs as a child of this process, in its own process group. */
export interface ServerProcess {
  readonly pid: number;
  /** Whether the process has ended, for whatever reason. */
  readonly ended: () => boolean;
  /** Resolves when the process has ended, with its signal or exit code, for example "exit code 1". */
  readonly end: Promise<string>;
  /** Sends SIGTERM, and SIGKILL after 8 s; resolves when the process has ended. */
  readonly stop: () => Promise<void>;
}

interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  /** A file that the server keeps open until it ends: its lock. */
  readonly inherited: number | undefined;
}

/**
 * Starts the server in its own process group: Ctrl-C in a terminal ends the whole group, and the server
 * has to outlive the worker, whose last completions would be lost otherwise. The server writes into the
 * log file directly, so that its output does not break when this process ends. It ends with this process, also if
 * this is killed.
 *
 * @throws Error when the executable cannot be started.
 */
export async function startServerProcess({
  command,
  args,
  logFile,
  inherited,
}: ServerCommand): Promise<ServerProcess> {
  const log = openLog(logFile);
  const child = spawn(command, args, {
    detached: true,
    env: plainEnvironment(),
    stdio: ['ignore', log, log, ...(inherited === undefined ? [] : [inherited])],
  });
  closeSync(log);

  let ended = false;
  const end = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true;
      process.off('exit', atExit);
      resolve(signal ?? `exit code ${String(code)}`);
    });
  });
  const atExit = (): void => {
    child.kill('SIGTERM');
  };
  process.on('exit', atExit);

  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', (error) => {
      process.off('exit', atExit);
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.once('spawn', () => {
      if (child.pid !== undefined) resolve(child.pid);
    });
  });
  endWithUs(child, pid);

  const stop = async (): Promise<void> => {
    if (ended) return;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    await end;
    clearTimeout(force);
  };
  return { pid, ended: () => ended, end, stop };
}

function openLog(file: string): number {
  try {
    return openSync(file, 'a');
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new Error(
      `Cannot write the server's log (${why}). Make ${file} a file that can be written.`,
    );
  }
}
