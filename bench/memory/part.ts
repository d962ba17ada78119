import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { workflowBundle } from '../../worker/index.ts';
import type { Part, Row } from '../part.ts';
import { median } from '../statistics.ts';
import { fillWorker, type Filled, type What } from './parked.ts';

const LEVELS = [0, 1_000, 2_000] as const;
const MIB = 1024 * 1024;

export const memory: Part = {
  name: 'memory',
  summary: 'memory of a worker with 0, 1,000 and 2,000 parked senders; size of the workflow bundle',
  async measure({ runs, progress }) {
    const rows: Row[] = [];
    for (const what of ['onboarding', 'bare'] as const) {
      const filled: Filled[] = [];
      for (let run = 0; run < runs; run++) filled.push(await fillWorker(what, LEVELS, progress));
      rows.push(rowOf(what, filled));
    }
    return {
      tables: [
        { title: 'A worker process with parked senders in its cache', rows },
        { title: 'Workflow bundle', rows: [await bundleRow()] },
      ],
      notes: [
        'Parked: access asked for, holder silent, poll in back-off; all of them in the cache. Bare: ' +
          'workflows that wait in the same way, without any state.',
        'RSS holds garbage that V8 had no need to collect yet. The live heap is that of the thread ' +
          'in which workflows live, after a collection, divided by the senders in it.',
        'Most of the bundle is the SDK.',
      ],
    };
  },
};

function rowOf(what: What, filled: readonly Filled[]): Row {
  const most = Math.max(...LEVELS);
  const rss = LEVELS.map((level, n): [string, number] => [
    `RSS with ${level.toLocaleString('en')}, MiB`,
    Math.round(median(filled.map(({ rssBytes }) => rssBytes[n] ?? NaN)) / MIB),
  ]);
  const live = median(filled.map(({ liveHeapBytes }) => liveHeapBytes));
  return {
    what,
    ...Object.fromEntries(rss),
    'live heap, MiB': Math.round(live / MIB),
    'live KiB per sender': kib(live / most),
  };
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

function kib(bytes: number): number {
  return Math.round(bytes / 1024);
}
