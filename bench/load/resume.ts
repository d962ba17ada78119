import type { Part, FigureRow } from '../part.ts';
import { percentile } from '../statistics.ts';
import { inArena } from './arena.ts';
import { drive } from './drive.ts';

export const resume: Part = {
  name: 'resume',
  summary: 'from the signal that says "accepted" to the ended workflow, p50 and p99',
  async measure({ runs, onboardings, warmUp, progress }) {
    const rows = await inArena(progress, async ({ people, contenders }) => {
      const results = contenders.map((contender) => ({ contender, ms: [] as number[] }));
      // Run 0 only warms up.
      for (let run = warmUp.onboardings > 0 ? 0 : 1; run <= runs; run++) {
        for (const { contender, ms } of results) {
          const load = { flow: 'attached', concurrency: 1 } as const;
          const size = run === 0 ? warmUp.onboardings : onboardings;
          const { resumeMs } = await drive(contender, people, { ...load, onboardings: size });
          if (run > 0) ms.push(...resumeMs);
          progress(`${contender.name}: p50 ${percentile(resumeMs, 0.5).toFixed(1)} ms`);
        }
      }
      const [real] = results;
      return results.map(({ contender, ms }) => rowOf(contender.name, ms, real?.ms));
    });
    return {
      tables: [{ title: 'From the accepted signal to the ended workflow, in ms', rows }],
      notes: [
        `${runs} runs of ${onboardings}, one at a time; percentiles over all of them.`,
        'Between the signal and the end are two workflow tasks and one read of AR24 (an activity).',
      ],
    };
  },
};

function rowOf(what: string, ms: readonly number[], real: readonly number[] = []): FigureRow {
  const at = (part: number) => Math.round(percentile(ms, part) * 10) / 10;
  const ratio = (part: number) => (percentile(real, part) / percentile(ms, part)).toFixed(2);
  return {
    what,
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    most: at(1),
    'p50, onboarding ÷ this': ratio(0.5),
    'p99, onboarding ÷ this': ratio(0.99),
  };
}
