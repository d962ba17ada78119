/** Fills a worker in its own process with parked workflows, step by step. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { OnboardingClient } from '../../client/index.ts';
import { nextMessage } from '../child.ts';
import { HASH_KEY } from '../keys.ts';
import { startBare } from '../load/bare.ts';
import { pulse } from '../pulse.ts';
import { startTemporal, type TemporalUnderLoad } from '../load/temporal.ts';
import type { MemoryHeld, MemoryQuestion, WorkerScript } from './worker-process.ts';

const PROGRAM = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
const STARTS_AT_A_TIME = 25;
const CHECK_EVERY_MS = 250;

export type What = WorkerScript['what'];

export interface Filled {
  /** RSS in bytes at each level. */
  readonly rssBytes: readonly number[];
  /** The heap of the workflows' thread at the last level, after a garbage collection. */
  readonly liveHeapBytes: number;
}

/**
 * @param levels numbers of parked workflows, rising
 * @param bundle undefined: the worker bundles the workflows itself
 */
export async function fillWorker(
  { what, bundle }: Pick<WorkerScript, 'what' | 'bundle'>,
  levels: readonly number[],
  progress: (line: string) => void,
): Promise<Filled> {
  const temporal = await startTemporal(progress);
  const simulator = await startSimulator({ port: 0 });
  try {
    const { apiUrl, token, privateKey } = simulator;
    const script: WorkerScript = {
      what,
      address: temporal.address,
      simulator: { apiUrl, token, privateKey },
      maxCachedWorkflows: Math.max(...levels) + 100,
      bundle,
    };
    const child = fork(PROGRAM, [JSON.stringify(script)], { execArgv: ['--expose-gc'] });
    const ask = async (question: MemoryQuestion) => {
      child.send(question);
      return (await nextMessage(child, `worker (${what})`)) as MemoryHeld;
    };
    await nextMessage(child, `worker (${what})`);
    const rssBytes: number[] = [];
    let parked = 0;
    for (const level of levels) {
      await park({ what, temporal, simulator }, { from: parked, to: level });
      parked = level;
      rssBytes.push((await ask('rss')).rssBytes);
      progress(`${what}: ${level} parked`);
    }
    const { workflowHeapBytes } = await ask('live');
    const exit = once(child, 'exit');
    child.disconnect();
    await exit;
    return { rssBytes, liveHeapBytes: workflowHeapBytes };
  } finally {
    await simulator.stop();
    await temporal.stop();
  }
}

/** @param n from 0 on */
export function parkedReference(n: number): string {
  return `parked-${n}`;
}

export interface Parking {
  readonly what: What;
  readonly temporal: TemporalUnderLoad;
  readonly simulator: Simulator;
}

/** Starts the workflows with these numbers, and waits until all of them are parked. */
export async function park(
  { what, temporal, simulator }: Parking,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const onboardings = new OnboardingClient({ temporal: temporal.client, hashKey: HASH_KEY });
  const numbers = Array.from({ length: to - from }, (_, n) => from + n).values();
  const start = async (n: number): Promise<void> => {
    const reference = parkedReference(n);
    const email = `${reference}@example.org`;
    if (what === 'bare') {
      await startBare(temporal, 'attached', reference, email);
      return;
    }
    simulator.createAccount({ email });
    await onboardings.start({ reference, email });
  };
  const lane = async (): Promise<void> => {
    for (const n of numbers) {
      await start(n);
      pulse();
    }
  };
  await Promise.all(Array.from({ length: STARTS_AT_A_TIME }, lane));
  const waiting = 'OnboardingStatus = "awaiting-attachment" AND ExecutionStatus = "Running"';
  while ((await temporal.client.workflow.count(waiting)).count < to) {
    await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
  }
}
