/**
 * A worker in its own process. It answers every message of its parent with its memory use. Run by node with
 * --expose-gc.
 */
import type { Worker as Thread } from 'node:worker_threads';
import { NativeConnection, type WorkflowBundlePath } from '@temporalio/worker';
import { quietRuntime } from '../../test/support/temporal.ts';
import { workflowBundle } from '../../worker/index.ts';
import { bareBundle, startBareWorker } from '../load/bare.ts';
import { emptyActivities } from '../load/bare-activities.ts';
import { startWorker } from '../worker.ts';

export interface WorkerScript {
  readonly what: 'onboarding' | 'bare';
  readonly address: string;
  readonly simulator: {
    readonly apiUrl: string;
    readonly token: string;
    readonly privateKey: string;
  };
  readonly maxCachedWorkflows: number;
  /** Default: this process bundles the workflows itself. */
  readonly bundle: WorkflowBundlePath | undefined;
}

/** `live`: collects the garbage of the workflows' threads first, which makes RSS larger. */
export type MemoryQuestion = 'rss' | 'live';

export interface MemoryHeld {
  readonly rssBytes: number;
  readonly workflowHeapBytes: number;
}

// Ends with its parent.
process.on('disconnect', () => process.exit());

const script = JSON.parse(process.argv[2] ?? '{}') as WorkerScript;
const threads: Thread[] = [];
process.on('worker', (thread) => threads.push(thread));

quietRuntime();
const { maxCachedWorkflows, simulator } = script;
const native = await NativeConnection.connect({ address: script.address });
if (script.what === 'bare') {
  await startBareWorker(
    { native },
    script.bundle ?? (await bareBundle()),
    emptyActivities(() => undefined),
    maxCachedWorkflows,
  );
} else {
  await startWorker({
    connection: native,
    simulator,
    workflowBundle: script.bundle ?? (await workflowBundle()),
    maxCachedWorkflows,
  });
}
process.on('message', (question: MemoryQuestion) => {
  void held(question).then((answer) => process.send?.(answer));
});
process.send?.('running');

async function held(question: MemoryQuestion): Promise<MemoryHeld> {
  globalThis.gc?.();
  const rssBytes = process.memoryUsage().rss;
  let workflowHeapBytes = 0;
  for (const thread of threads) {
    // Only a heap snapshot collects the garbage of another thread.
    if (question === 'live') (await thread.getHeapSnapshot()).destroy();
    workflowHeapBytes += (await thread.getHeapStatistics()).used_heap_size;
  }
  return { rssBytes, workflowHeapBytes };
}
