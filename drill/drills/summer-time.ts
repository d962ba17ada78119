import type { Drill } from '../drill.ts';
import { enact, type Harm } from '../enact.ts';
import { makeClock, type Clock } from '../harm/clock.ts';
import { nextChanges } from '../harm/summer-time.ts';
import { pause } from '../pause.ts';
import { customersOf } from '../people/customers.ts';
import { inStage, type Stage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const ONBOARDINGS = { short: 20, long: 300 } as const;
/** The change comes in the middle of it. */
const LASTS_MS = { short: 14_000, long: 90_000 } as const;
const LOOK_EVERY_MS = 1_000;

export const summerTime: Drill = {
  name: 'summer-time',
  summary:
    "worker's and AR24's clocks go across the change to summer time, then back to winter time",
  async run(settings) {
    const { length, seed } = settings;
    const { poll, ...size } = SIZES[length];
    const everybodysClock = await makeClock(0);
    try {
      const { nodeOptions: byIt } = everybodysClock;
      const nodeOptions = { worker: byIt, simulator: byIt };
      return await inStage({ ...settings, webhooks: 'on', poll, nodeOptions }, (stage) =>
        enact(stage, {
          ...size,
          customers: customersOf(ONBOARDINGS[length], seed),
          signUpMs: 2 * LASTS_MS[length],
          harm: () => acrossBoth(stage, everybodysClock, LASTS_MS[length]),
        }),
      );
    } finally {
      await everybodysClock.remove();
    }
  },
};

async function acrossBoth(stage: Stage, clock: Clock, lastsMs: number): Promise<Harm> {
  const problems = new Set<string>();
  for (const change of nextChanges(new Date())) {
    const begin = Date.now();
    await clock.shiftTo(change.getTime() - lastsMs / 2 - begin);
    while (Date.now() < begin + lastsMs) {
      await pause(LOOK_EVERY_MS);
      const open = await stage.eyes.countOpen("OnboardingProblem = 'clock'");
      if (open !== undefined && open > 0)
        problems.add(`a problem with the clock around ${change.toISOString()}`);
    }
  }
  return { told: 'clocks across both changes of the year', broken: [...problems] };
}
