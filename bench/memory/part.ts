import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import { OnboardingClient } from '../../client/index.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { workflowBundle } from '../../worker/index.ts';
import { HASH_KEY } from '../hash-key.ts';
import { startTemporal, type TemporalUnderLoad } from '../load/temporal.ts';
import type { Part, Row } from '../part.ts';
import { median } from '../statistics.ts';
import type { MemoryHeld, WorkerScript } from './worker-process.ts';

const PROGRAM = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
const PARKED = [0, 1_000, 2_000];
const STARTS_AT_A_TIME = 25;
const ASK_EVERY_MS = 250;
const MIB = 1024 * 1024;

type Measured = MemoryHeld & { readonly parked: number };

export const memory: Part = {
  name: 'memory',
  summary: 'memory of a worker with 0, 1,000 and 2,000 parked senders; size of the workflow bundle',
  async measure({ runs, progress }) {
    const measured: Measured[] = [];
    for (let run = 0; run < runs; run++) measured.push(...(await fill(progress)));
    return {
      tables: [
        { title: 'A worker process with parked senders in its cache', rows: rows(measured) },
        { title: 'Workflow bundle', rows: [await bundleRow()] },
      ],
      notes: [
        'Parked: asked for access, holder silent, poll in back-off; all of them in the cache.',
        "RSS after a garbage collection. Workflows live in threads of their own, so the main thread's " +
          'heap hardly knows of them.',
        'The bundle is mostly the SDK; its inline source map is not parsed as long as nothing throws.',
      ],
    };
  },
};

/** One worker, from empty to full. */
async function fill(progress: (line: string) => void): Promise<readonly Measured[]> {
  const temporal = await startTemporal(progress);
  const simulator = await startSimulator({ port: 0 });
  try {
    const { apiUrl, token, privateKey } = simulator;
    const script: WorkerScript = {
      address: temporal.address,
      simulator: { apiUrl, token, privateKey },
      maxCachedWorkflows: Math.max(...PARKED) + 100,
    };
    const child = fork(PROGRAM, [JSON.stringify(script)], { execArgv: ['--expose-gc'] });
    await once(child, 'message');
    const measured: Measured[] = [];
    for (const parked of PARKED) {
      await park(temporal, simulator, measured.at(-1)?.parked ?? 0, parked);
      child.send('how much?');
      const [held] = (await once(child, 'message')) as [MemoryHeld];
      measured.push({ parked, ...held });
      progress(`${parked} parked: ${mib(held.rssBytes)} MiB`);
    }
    const exit = once(child, 'exit');
    child.disconnect();
    await exit;
    return measured;
  } finally {
    await simulator.stop();
    await temporal.stop();
  }
}

/** Starts senders number `from` to `to` and waits until each waits for its holder. */
async function park(
  { client }: TemporalUnderLoad,
  simulator: Simulator,
  from: number,
  to: number,
): Promise<void> {
  const onboardings = new OnboardingClient({ temporal: client, hashKey: HASH_KEY });
  const numbers = Array.from({ length: to - from }, (_, n) => from + n).values();
  const lane = async (): Promise<void> => {
    for (const n of numbers) {
      const email = `parked-${n}@example.org`;
      simulator.createAccount({ email });
      await onboardings.start({ reference: `parked-${n}`, email });
    }
  };
  await Promise.all(Array.from({ length: STARTS_AT_A_TIME }, lane));
  while ((await countParked(client)) < to) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

async function countParked(client: Client): Promise<number> {
  return (await client.workflow.count('OnboardingStatus = "awaiting-attachment"')).count;
}

function rows(measured: readonly Measured[]): readonly Row[] {
  const of = (parked: number, key: keyof MemoryHeld) =>
    median(measured.filter((m) => m.parked === parked).map((m) => m[key]));
  const empty = of(0, 'rssBytes');
  return PARKED.map((parked) => ({
    'parked senders': parked,
    'RSS, MiB': mib(of(parked, 'rssBytes')),
    'KiB per sender': parked === 0 ? '' : mib((1024 * (of(parked, 'rssBytes') - empty)) / parked),
    'heap of the main thread, MiB': mib(of(parked, 'heapBytes')),
  }));
}

async function bundleRow(): Promise<Row> {
  const bundle = await workflowBundle();
  const code = 'code' in bundle ? bundle.code : await readFile(bundle.codePath, 'utf8');
  const [program = code] = code.split('\n//# sourceMappingURL=');
  return {
    what: 'bundle of workflows/',
    'with source map, KiB': kib(code.length),
    'without, KiB': kib(program.length),
    'without, gzipped, KiB': kib(gzipSync(program).length),
  };
}

function mib(bytes: number): number {
  return Math.round((bytes / MIB) * 10) / 10;
}

function kib(bytes: number): number {
  return Math.round(bytes / 1024);
}
