/**
 * A worker in a process of its own, whose memory is to be known: answers every message of its parent
 * with what it holds. Run by node with --expose-gc.
 */
import { NativeConnection } from '@temporalio/worker';
import { quietRuntime } from '../../test/support/temporal.ts';
import { workflowBundle } from '../../worker/index.ts';
import { startWorker } from '../worker.ts';

export interface WorkerScript {
  readonly address: string;
  readonly simulator: {
    readonly apiUrl: string;
    readonly token: string;
    readonly privateKey: string;
  };
  readonly maxCachedWorkflows: number;
}

export interface MemoryHeld {
  readonly rssBytes: number;
  /** Of the main thread; workflows live in threads of their own, which only the RSS shows. */
  readonly heapBytes: number;
}

const script = JSON.parse(process.argv[2] ?? '{}') as WorkerScript;

quietRuntime();
await startWorker({
  connection: await NativeConnection.connect({ address: script.address }),
  simulator: script.simulator,
  workflowBundle: await workflowBundle(),
  maxCachedWorkflows: script.maxCachedWorkflows,
});
process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rssBytes: rss, heapBytes: heapUsed } satisfies MemoryHeld);
});
process.on('disconnect', () => process.exit());
process.send?.('running');
