import type { Part, Row } from '../part.ts';
import { percentile } from '../statistics.ts';
import { inArena } from './arena.ts';
import { drive } from './drive.ts';

const WARM_UP = 20;

export const resume: Part = {
  name: 'resume',
  summary: 'from the signal that says "accepted" to the ended workflow, p50 and p99',
  async measure({ runs, onboardings, progress }) {
    const rows = await inArena(progress, async ({ people, contenders }) => {
      const results = contenders.map((contender) => ({ contender, ms: [] as number[] }));
      for (let run = 0; run <= runs; run++) {
        for (const { contender, ms } of results) {
          const load = { flow: 'attached', concurrency: 1 } as const;
          const size = run === 0 ? WARM_UP : onboardings;
          const { resumeMs } = await drive(contender, people, { ...load, onboardings: size });
          if (run > 0) ms.push(...resumeMs);
          progress(`${contender.name}: p50 ${percentile(resumeMs, 0.5).toFixed(1)} ms`);
        }
      }
      return results.map(({ contender, ms }) => rowOf(contender.name, ms));
    });
    return {
      tables: [{ title: 'From the accepted signal to the ended workflow, in ms', rows }],
      notes: [
        `${runs} runs of ${onboardings}, one at a time; percentiles over all of them.`,
        'Between signal and end lie two workflow tasks and one look at AR24 (an activity).',
      ],
    };
  },
};

function rowOf(what: string, ms: readonly number[]): Row {
  const at = (part: number) => Math.round(percentile(ms, part) * 10) / 10;
  return { what, p50: at(0.5), p90: at(0.9), p99: at(0.99), most: at(1) };
}
