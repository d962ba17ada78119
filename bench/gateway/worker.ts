/** Workers in a process of their own: whoever sends the load has no part in their work. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerScript } from '../memory/worker-process.ts';
import type { RunningWorker } from '../worker.ts';

const PROGRAM = fileURLToPath(new URL('../memory/worker-process.ts', import.meta.url));
const CACHED = 2_000;

/** Resolves once it polls for tasks. Stopped, it is gone at once, as one that is killed. */
export async function startWorkerProcess(
  script: Omit<WorkerScript, 'maxCachedWorkflows'>,
): Promise<RunningWorker> {
  const child = fork(PROGRAM, [JSON.stringify({ ...script, maxCachedWorkflows: CACHED })]);
  const exit = once(child, 'exit');
  await once(child, 'message');
  return {
    async stop() {
      child.disconnect();
      await exit;
    },
  };
}
