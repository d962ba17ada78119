import type { BenchSettings, Part, FigureRow } from '../part.ts';
import { median, percentile } from '../statistics.ts';
import { inArena, type Arena } from './arena.ts';
import type { Contender, Flow } from './contender.ts';
import { drive, type Timing } from './drive.ts';

const FLOWS = ['attached', 'created'] as const satisfies readonly Flow[];

export const throughput: Part = {
  name: 'throughput',
  summary: 'whole onboardings per second on a development server, beside bare workflows',
  async measure(settings) {
    const rows = await inArena(settings.progress, async (arena) => {
      const flows: FigureRow[] = [];
      for (const flow of FLOWS) flows.push(...(await race(arena, flow, settings)));
      return flows;
    });
    const { onboardings, concurrency } = settings;
    return {
      tables: [{ title: 'Whole onboardings per second', rows }],
      notes: [
        `${onboardings} onboardings a run, ${concurrency} at a time; contenders take turns.`,
        'Development server, simulator, and worker with client are processes on this machine.',
        'Bare: the same activities, timers, signals and upserts, in a dozen lines without state or ' +
          'plan. Empty: its activities do nothing, so it neither signs, calls nor decrypts, and the ' +
          'simulator is idle. Same calls: they call the simulator through the same client.',
        'CPU: of the process of worker and client, per onboarding; more reliable than the time when the ' +
          'machine is busy.',
      ],
    };
  },
};

async function race(
  { people, contenders }: Arena,
  flow: Flow,
  { runs, onboardings, concurrency, warmUp, progress }: BenchSettings,
): Promise<readonly FigureRow[]> {
  const results = contenders.map((contender) => ({ contender, timings: [] as Timing[] }));
  // Run 0 only warms up the caches of server and runtime.
  for (let run = warmUp.onboardings > 0 ? 0 : 1; run <= runs; run++) {
    for (const { contender, timings } of results) {
      const size = run === 0 ? warmUp.onboardings : onboardings;
      const timing = await drive(contender, people, { flow, onboardings: size, concurrency });
      if (run > 0) timings.push(timing);
      progress(`${flow}, ${contender.name}: ${timing.perSecond.toFixed(1)} per second`);
    }
  }
  const [real] = results;
  return results.map(({ contender, timings }) => rowOf(flow, contender, timings, real?.timings));
}

function rowOf(
  flow: Flow,
  { name }: Contender,
  timings: readonly Timing[],
  real: readonly Timing[] = [],
): FigureRow {
  const perSecond = timings.map((timing) => timing.perSecond);
  // The ratio of each run, because a slow machine slows both down.
  const ratios = timings.map((timing, run) => (real[run]?.perSecond ?? NaN) / timing.perSecond);
  return {
    what: `${flow}: ${name}`,
    'per second': round(median(perSecond)),
    least: round(percentile(perSecond, 0)),
    most: round(percentile(perSecond, 1)),
    'onboarding ÷ this': median(ratios).toFixed(2),
    'CPU of worker and client, ms': round(median(timings.map(({ cpuMs }) => cpuMs))),
    'CPU, onboarding ÷ this': median(
      timings.map(({ cpuMs }, run) => (real[run]?.cpuMs ?? NaN) / cpuMs),
    ).toFixed(2),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
