import type { Drill, Length } from '../drill.ts';
import { enact, type Harm } from '../enact.ts';
import { pause } from '../pause.ts';
import { customersOn } from '../people/customers.ts';
import { memoryMiB } from '../processes/memory.ts';
import { inStage, type Stage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

interface Parking {
  readonly senders: number;
  readonly signUpMs: number;
  /** Kept in the worker's memory; the others are in Temporal only. */
  readonly cached: number;
  /** Once so many are parked the worker holds all that it will hold. */
  readonly fullAt: number;
  /** What the worker may hold more once all are parked (MiB). */
  readonly mayGrowMiB: number;
}

const PARKING: Readonly<Record<Length, Parking>> = {
  short: { senders: 200, signUpMs: 10_000, cached: 40, fullAt: 80, mayGrowMiB: 60 },
  long: { senders: 10_000, signUpMs: 400_000, cached: 1_000, fullAt: 2_000, mayGrowMiB: 100 },
};
const HALF_A_DAY_S = 43_200;
const PARK_WITHIN_MS = 15 * 60_000;
const PARKED = "OnboardingStatus = 'awaiting-attachment'";

export const parked: Drill = {
  name: 'parked',
  summary: 'thousands wait for their people: memory stays flat, and all go on',
  run(settings) {
    const { length } = settings;
    const parking = PARKING[length];
    const { people, backlogMs } = SIZES[length];
    const scene = {
      ...settings,
      webhooks: 'on',
      // Nothing happens by itself while they wait.
      poll: { firstS: HALF_A_DAY_S, maxS: HALF_A_DAY_S },
      maxCachedWorkflows: parking.cached,
    } as const;
    return inStage(scene, (stage) => {
      const opening = Promise.withResolvers<undefined>();
      return enact(stage, {
        customers: customersOn('attached', parking.senders),
        signUpMs: parking.signUpMs,
        people: { ...people, openTheirMailsAfter: opening.promise },
        backlogMs: backlogMs * 2,
        async harm() {
          const harm = await park(stage, parking);
          opening.resolve(undefined);
          return harm;
        },
      });
    });
  },
};

async function park(
  { eyes, worker, options }: Stage,
  { senders, fullAt, mayGrowMiB }: Parking,
): Promise<Harm> {
  const memory = async (): Promise<number> => memoryMiB(worker.pid() ?? 0);
  const parkedAtLeast = async (count: number): Promise<void> => {
    const end = Date.now() + PARK_WITHIN_MS;
    while (((await eyes.countOpen(PARKED)) ?? 0) < count && Date.now() < end) await pause(500);
  };
  await parkedAtLeast(fullAt);
  const before = await memory();
  options.progress(`${fullAt} parked, the worker holds ${before} MiB`);
  await parkedAtLeast(senders);
  const after = await memory();
  const grown = after - before;
  return {
    told: `${senders} parked`,
    seen: [`the worker held ${before} MiB with ${fullAt} parked, ${after} MiB with ${senders}`],
    broken: grown > mayGrowMiB ? [`the worker's memory grew by ${grown} MiB`] : [],
  };
}
