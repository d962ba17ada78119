import { OnboardingClient } from '../../client/index.ts';
import { temporaryFolder } from '../../drill/folder.ts';
import { pause } from '../../drill/pause.ts';
import { buildPackage } from '../../drill/processes/built.ts';
import { startSimulator } from '../../simulator/index.ts';
import { HASH_KEY } from '../keys.ts';
import { startTemporal } from '../load/temporal.ts';
import type { FigureRow, Part } from '../part.ts';
import { pulse } from '../pulse.ts';
import { withSpread } from '../statistics.ts';
import { WORK } from './at-work.ts';
import { COMMANDS, startInstalled, type Installed, type Measured } from './installed.ts';
import { park, parkedReference, type Parking } from './parked.ts';

type Samples = Map<string, number[]>;

const AT_A_TIME = 10;

export const processes: Part = {
  name: 'processes',
  summary:
    'memory of the built package: each process idle and at work, a worker with up to 2,000 senders',
  async measure({ runs, parked, idleS, progress }) {
    const idle: Samples = new Map();
    const filled: Samples = new Map();
    const working: Samples = new Map();
    const jemalloc: boolean[] = [];
    const built = await buildPackage();
    try {
      for (let run = 0; run < runs; run++) {
        await inside(built.onboard, progress, async (installed, parking) => {
          const most = Math.max(...parked);
          const references = Array.from({ length: most }, (_, n) => parkedReference(n));
          const running: Measured[] = [];
          try {
            for (const name of COMMANDS) {
              const one = await startInstalled(name, installed, most + 100);
              running.push(one);
              jemalloc.push(await one.hasJemalloc());
              await pause(idleS * 1_000);
              pulse();
              add(idle, name, await one.memoryMiB(), progress);
              if (name === 'worker') {
                await fill(one, parking, parked, filled, progress);
                continue;
              }
              const { what, begin } = WORK[name];
              const end = await begin(one, { temporal: parking.temporal, references, idleS });
              add(working, `${name}: ${what}`, await one.memoryMiB(), progress);
              add(working, `${name}: the most until then`, await one.mostMiB(), progress);
              end();
            }
          } finally {
            await Promise.all(running.map((one) => one.stop()));
          }
        });
      }
    } finally {
      await built.remove();
    }
    return {
      tables: [
        { title: `RSS of each process ${idleS} s after it is ready, MiB`, rows: rowsOf(idle) },
        { title: 'RSS of a worker with waiting senders in its cache, MiB', rows: rowsOf(filled) },
        { title: 'RSS of the other processes at work, MiB', rows: rowsOf(working) },
      ],
      notes: [
        'The package as it is built for production, run with the variables that the Dockerfile sets.',
        'Each step follows the one before in the same process. A query replays nothing, as all are in the cache; ' +
          'a check makes each onboarding read AR24 once more.',
        'RSS counts what processes share, such as the program of Node, in each of them.',
        jemalloc.includes(false)
          ? "This machine has no jemalloc, which the image has: install Debian's package libjemalloc2."
          : 'With jemalloc, as in the image.',
      ],
    };
  },
};

async function inside(
  onboard: string,
  progress: (line: string) => void,
  measure: (installed: Installed, parking: Parking) => Promise<void>,
): Promise<void> {
  const folder = await temporaryFolder('bench-processes');
  const temporal = await startTemporal(progress);
  const simulator = await startSimulator({ port: 0 });
  try {
    const { apiUrl: ar24 } = simulator;
    const installed = { onboard, folder: folder.path, temporal: temporal.address, ar24 };
    await measure(installed, { what: 'onboarding', temporal, simulator });
  } finally {
    await simulator.stop();
    await temporal.stop();
    await folder.remove();
  }
}

async function fill(
  worker: Measured,
  parking: Parking,
  levels: readonly number[],
  samples: Samples,
  progress: (line: string) => void,
): Promise<void> {
  const onboardings = new OnboardingClient({
    temporal: parking.temporal.client,
    hashKey: HASH_KEY,
  });
  let from = 0;
  for (const to of levels.filter((level) => level > 0)) {
    const after = async (what: string): Promise<void> => {
      add(samples, `${to.toLocaleString('en')}, ${what}`, await worker.memoryMiB(), progress);
    };
    await park(parking, { from, to });
    from = to;
    await after('after their starts');
    await each(to, (reference) => onboardings.view(reference));
    await after('after a query of each');
    await each(to, (reference) => onboardings.check(reference));
    await after('after a check of each');
  }
}

async function each(count: number, act: (reference: string) => Promise<unknown>): Promise<void> {
  const numbers = Array.from({ length: count }, (_, n) => n).values();
  const lane = async (): Promise<void> => {
    for (const n of numbers) {
      await act(parkedReference(n));
      pulse();
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
}

function add(samples: Samples, what: string, mib: number, progress: (line: string) => void): void {
  progress(`${what}: ${mib} MiB`);
  samples.set(what, [...(samples.get(what) ?? []), mib]);
}

function rowsOf(samples: Samples): FigureRow[] {
  return [...samples].map(([what, values]) => ({ what, 'RSS, MiB': withSpread(values) }));
}
