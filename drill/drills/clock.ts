import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Drill } from '../drill.ts';
import { enact, type Harm } from '../enact.ts';
import { makeClock, type Clock } from '../harm/clock.ts';
import { customersOf } from '../people/customers.ts';
import { pause } from '../pause.ts';
import { type Stage, inStage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const OFF_MS = 15 * 60_000;
const ONBOARDINGS = { short: 8, long: 100 } as const;
/** The time with the clock ahead, and again with the clock behind. */
const LASTS_MS = { short: 12_000, long: 90_000 } as const;
const HAS_PROBLEM = "OnboardingProblem = 'clock'";

export const clock: Drill = {
  name: 'clock',
  summary: "the worker's clock is 15 min ahead, then 15 min behind, then right",
  async run(settings) {
    const { length, seed } = settings;
    const { poll, ...size } = SIZES[length];
    const workersClock = await makeClock(OFF_MS);
    try {
      const options = { ...settings, webhooks: 'on', poll } as const;
      const nodeOptions = { worker: workersClock.nodeOptions };
      return await inStage({ ...options, nodeOptions }, (stage) =>
        enact(stage, {
          ...size,
          customers: customersOf(ONBOARDINGS[length], seed),
          signUpMs: LASTS_MS[length] / 2,
          harm: () => setWrong(stage, workersClock, LASTS_MS[length]),
        }),
      );
    } finally {
      await workersClock.remove();
    }
  },
};

async function setWrong(stage: Stage, workersClock: Clock, lastsMs: number): Promise<Harm> {
  const broken: string[] = [];
  const seen: string[] = [];
  for (const [way, offsetMs] of [
    ['ahead', OFF_MS],
    ['behind', -OFF_MS],
  ] as const) {
    await workersClock.shiftTo(offsetMs);
    await pause(lastsMs);
    const [shown, counts] = [
      await stage.visibility.countOpen(HAS_PROBLEM),
      await stage.visibility.counts(),
    ];
    seen.push(`15 min ${way}: ${shown ?? '?'} of ${counts?.open ?? '?'} showed the problem clock`);
    if (shown !== counts?.open) broken.push(`15 min ${way}, not all showed the problem clock`);
    const found = await clockFoundByDoctor(stage, workersClock.nodeOptions);
    if (found === undefined)
      broken.push(`15 min ${way}, doctor found nothing wrong with the clock`);
    else seen.push(`doctor: ${found}`);
  }
  await workersClock.shiftTo(0);
  return { description: "worker's clock 15 min ahead, then 15 min behind", broken, seen };
}

const diagnosis = z.object({
  checks: z.array(z.object({ check: z.string(), state: z.string(), found: z.string() })),
});

/** The finding of `onboard doctor` about its own clock; undefined if the check passes. */
async function clockFoundByDoctor(
  { options, commands }: Stage,
  nodeOptions: readonly string[],
): Promise<string | undefined> {
  const args = [...nodeOptions, options.onboard, 'doctor', '--json'];
  // The exit code is not 0 when a check fails: it is ignored.
  const doctor = spawn(process.execPath, args, {
    env: { ...commands },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { checks } = diagnosis.parse(JSON.parse(await text(doctor.stdout)));
  return checks.find(({ check, state }) => check === 'clock' && state === 'failed')?.found;
}
