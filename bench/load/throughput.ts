import type { Part, Row } from '../part.ts';
import { median, percentile } from '../statistics.ts';
import { inArena, type Arena } from './arena.ts';
import type { Flow } from './contender.ts';
import { drive } from './drive.ts';

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
      ],
    };
  },
};

async function race(
  { people, contenders }: Arena,
  flow: Flow,
  { runs, onboardings, concurrency, progress }: Parameters<Part['measure']>[0],
): Promise<readonly Row[]> {
  const results = contenders.map((contender) => ({ contender, perSecond: [] as number[] }));
  for (let run = 0; run <= runs; run++) {
    for (const { contender, perSecond } of results) {
      // The first turn only warms up: it fills the caches of server and runtime.
      const size = run === 0 ? WARM_UP : onboardings;
      const timing = await drive(contender, people, { flow, onboardings: size, concurrency });
      if (run > 0) perSecond.push(timing.perSecond);
      progress(`${flow}, ${contender.name}: ${timing.perSecond.toFixed(1)} per second`);
    }
  }
  const [real] = results;
  return results.map(({ contender, perSecond }) => ({
    flow,
    what: contender.name,
    'per second': round(median(perSecond)),
    least: round(percentile(perSecond, 0)),
    most: round(percentile(perSecond, 1)),
    'onboarding ÷ this': real ? median(ratios(real.perSecond, perSecond)).toFixed(2) : '',
  }));
}

/** Run by run, so that what slows the machine down slows both. */
function ratios(of: readonly number[], to: readonly number[]): readonly number[] {
  return of.map((value, run) => value / (to[run] ?? NaN));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
