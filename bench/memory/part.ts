import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { bundles } from '../bundles.ts';
import type { Part, FigureRow } from '../part.ts';
import { median } from '../statistics.ts';
import { fillWorker, type Filled, type What } from './parked.ts';

const MIB = 1024 * 1024;

const WHAT = ['onboarding', 'bare'] as const satisfies readonly What[];

export const memory: Part = {
  name: 'memory',
  summary: 'memory of a worker with up to 2,000 parked senders; size of the workflow bundle',
  async measure({ runs, parked, bundlesItself, progress }) {
    const filled: Record<What, Filled[]> = { onboarding: [], bare: [] };
    for (const what of WHAT) {
      const bundle = bundlesItself ? undefined : (await bundles())[what];
      for (let run = 0; run < runs; run++)
        filled[what].push(await fillWorker({ what, bundle }, parked, progress));
    }
    const rows = WHAT.map((what) => rowOf(what, filled, parked));
    return {
      tables: [
        { title: 'A worker process with parked senders in its cache', rows },
        { title: 'Workflow bundle', rows: [await bundleRow()] },
      ],
      notes: [
        'Parked: access is requested, the holder is silent, the poll is in back-off; all are in the cache. ' +
          'Bare: workflows that wait in the same way, without any state.',
        'RSS includes garbage that V8 has not collected. The live heap is that of the thread of the ' +
          'workflows, after a collection, divided by the number of senders.',
        'Most of the bundle is the SDK.',
      ],
    };
  },
};

function rowOf(
  what: What,
  all: Readonly<Record<What, readonly Filled[]>>,
  levels: readonly number[],
): FigureRow {
  const filled = all[what];
  const most = Math.max(...levels);
  const rss = levels.map((level, n): [string, number] => [
    `RSS with ${level.toLocaleString('en')}, MiB`,
    Math.round(median(filled.map(({ rssBytes }) => rssBytes[n] ?? NaN)) / MIB),
  ]);
  const liveOf = (of: readonly Filled[]) => median(of.map(({ liveHeapBytes }) => liveHeapBytes));
  const live = liveOf(filled);
  return {
    what,
    ...Object.fromEntries(rss),
    'live heap, MiB': Math.round(live / MIB),
    'live KiB per sender': kib(live / most),
    'live, onboarding ÷ this': (liveOf(all.onboarding) / live).toFixed(2),
  };
}

async function bundleRow(): Promise<FigureRow> {
  const code = await readFile((await bundles()).onboarding.codePath, 'utf8');
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
