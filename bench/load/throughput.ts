import type { BenchSettings, Part, Row } from '../part.ts';
import { median, percentile } from '../statistics.ts';
import { inArena, type Arena } from './arena.ts';
import type { Contender, Flow } from './contender.ts';
import { drive, type Timing } from './drive.ts';

const FLOWS = ['attached', 'created'] as const satisfies readonly Flow[];
const WARM_UP = 20;

export const throughput: Part = {
  name: 'throughput',
  summary: 'whole onboardings per second on a development server, beside bare workflows',
  async measure(settings) {
    const rows = await inArena(settings.progress, async (arena) => {
      const flows: Row[] = [];
      for (const flow of FLOWS) flows.push(...(await race(arena, flow, settings)));
      return flows;
    });
    const { onboardings, concurrency } = settings;
    return {
      tables: [{ title: 'Whole onboardings per second', rows }],
      notes: [
        `${onboardings} onboardings a run, ${concurrency} under way at a time; contenders take turns.`,
        'Development server, simulator, and worker with client share this machine, in a process each.',
        'Bare: the same activities, timers, signals and upserts, in a dozen lines without state or ' +
          'plan. Empty: its activities do nothing, so it neither signs, calls nor decrypts, and the ' +
          'simulator stands still. Same calls: they call the simulator through the same client.',
        'CPU: of the process in which worker and client run, for one onboarding; it tells more than ' +
          'the clock where something else is busy on the machine.',
      ],
    };
  },
};

async function race(
  { people, contenders }: Arena,
  flow: Flow,
  { runs, onboardings, concurrency, progress }: BenchSettings,
): Promise<readonly Row[]> {
  const results = contenders.map((contender) => ({ contender, timings: [] as Timing[] }));
  for (let run = 0; run <= runs; run++) {
    for (const { contender, timings } of results) {
      // The first turn only warms up: it fills the caches of server and runtime.
      const size = run === 0 ? WARM_UP : onboardings;
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
): Row {
  const perSecond = timings.map((timing) => timing.perSecond);
  // Run by run, so that what slows the machine down slows both.
  const ratios = timings.map((timing, run) => (real[run]?.perSecond ?? NaN) / timing.perSecond);
  return {
    what: `${flow}: ${name}`,
    'per second': round(median(perSecond)),
    least: round(percentile(perSecond, 0)),
    most: round(percentile(perSecond, 1)),
    'onboarding ÷ this': median(ratios).toFixed(2),
    'CPU of worker and client, ms': round(median(timings.map(({ cpuMs }) => cpuMs))),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
