/**
 * A worker that dies as in an accident: without a message to Temporal, in the middle of its calls.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Simulator } from '../../simulator/index.ts';

const PROGRAM = fileURLToPath(new URL('./worker-process.ts', import.meta.url));

export interface KillableWorker {
  /** `kill -9`; resolves when the process is gone. May be called twice. */
  kill(): Promise<void>;
  /** Freezes it, like a machine that is paused or swaps: it does not know that time passes. */
  freeze(): void;
  thaw(): void;
}

/** @param address of Temporal, as `127.0.0.1:7233` */
export async function startKillableWorker(
  address: string,
  { apiUrl, token, privateKey }: Simulator,
): Promise<KillableWorker> {
  const child = spawn(process.execPath, [PROGRAM, address, apiUrl, token, privateKey], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    if (line !== 'running') continue;
    return {
      async kill() {
        child.kill('SIGKILL');
        await end;
      },
      freeze() {
        child.kill('SIGSTOP');
      },
      thaw() {
        child.kill('SIGCONT');
      },
    };
  }
  throw new Error('the worker ended before it ran');
}
