import type { Drill } from '../drill.ts';
import { enact, type Harm } from '../enact.ts';
import { makeClock } from '../harm/clock.ts';
import { nextChanges } from '../harm/summer-time.ts';
import { pause } from '../pause.ts';
import { customersOf } from '../people/customers.ts';
import { inStage, type Stage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const ONBOARDINGS = { short: 8, long: 300 } as const;
/** The clocks change in the middle of this time. */
const LASTS_MS = { short: 14_000, long: 90_000 } as const;
const CHECK_EVERY_MS = 500;
/** The processes apply a shifted clock within this time. */
const SETTLED_AFTER_MS = 1_000;

export const summerTime = changeOfTime('summer-time', 'summer');
export const winterTime = changeOfTime('winter-time', 'winter');

function changeOfTime(name: string, to: 'summer' | 'winter'): Drill {
  return {
    name,
    summary: `the clocks of worker and AR24 pass the change to ${to} time`,
    async run(settings) {
      const { length, seed } = settings;
      const { poll, ...size } = SIZES[length];
      const lasts = LASTS_MS[length];
      const clock = await makeClock(0);
      try {
        const nodeOptions = { worker: clock.nodeOptions, simulator: clock.nodeOptions };
        return await inStage({ ...settings, webhooks: 'on', poll, nodeOptions }, async (stage) => {
          const [spring, autumn] = nextChanges(new Date());
          const change = to === 'summer' ? spring : autumn;
          await clock.shiftTo(change.getTime() - lasts / 2 - SETTLED_AFTER_MS - Date.now());
          await pause(SETTLED_AFTER_MS);
          return enact(stage, {
            ...size,
            customers: customersOf(ONBOARDINGS[length], seed),
            signUpMs: lasts,
            harm: () => across(stage, change, lasts),
          });
        });
      } finally {
        await clock.remove();
      }
    },
  };
}

async function across({ visibility }: Stage, change: Date, lastsMs: number): Promise<Harm> {
  const end = Date.now() + lastsMs;
  let problems = 0;
  while (Date.now() < end) {
    await pause(CHECK_EVERY_MS);
    problems = Math.max(problems, (await visibility.countOpen("OnboardingProblem = 'clock'")) ?? 0);
  }
  return {
    description: `clocks passed ${change.toISOString()}`,
    broken: problems > 0 ? [`${problems} had a problem with the clock`] : [],
  };
}
