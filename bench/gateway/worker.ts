/** Starts workers in their own process, apart from the process that sends the load. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bundles } from '../bundles.ts';
import { nextMessage } from '../child.ts';
import type { WorkerScript } from '../memory/worker-process.ts';
import type { BenchWorker } from '../worker.ts';

const PROGRAM = fileURLToPath(new URL('../memory/worker-process.ts', import.meta.url));
const CACHED = 2_000;

/** Resolves when the worker polls for tasks. `stop` ends it at once, like a kill. */
export async function startWorkerProcess(
  script: Omit<WorkerScript, 'maxCachedWorkflows' | 'bundle'>,
): Promise<BenchWorker> {
  const whole: WorkerScript = {
    ...script,
    maxCachedWorkflows: CACHED,
    bundle: (await bundles())[script.what],
  };
  const child = fork(PROGRAM, [JSON.stringify(whole)]);
  const exit = once(child, 'exit');
  await nextMessage(child, 'worker');
  return {
    async stop() {
      child.disconnect();
      await exit;
    },
  };
}
