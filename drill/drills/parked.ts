import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Drill, Length } from '../drill.ts';
import { enact, type Harm } from '../enact.ts';
import { pause } from '../pause.ts';
import { customersOn } from '../people/customers.ts';
import type { StageOptions } from '../stage/options.ts';
import { inStage, type Stage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

interface Parking {
  readonly senders: number;
  readonly signUpMs: number;
  /** Hours in production: nothing happens while senders wait. */
  readonly poll: StageOptions['poll'];
  /** Workflows in the worker's memory; the others are in Temporal only. */
  readonly cached: number;
  /** The number of parked senders from which the worker's memory no longer grows. */
  readonly fullAt: number;
  /** How much the worker's memory may grow after that (MiB). */
  readonly mayGrowMiB: number;
}

const HALF_A_DAY_S = 43_200;

const PARKING: Readonly<Record<Length, Parking>> = {
  short: {
    senders: 40,
    signUpMs: 5_000,
    poll: { firstS: 20, maxS: 30 },
    cached: 10,
    fullAt: 20,
    mayGrowMiB: 60,
  },
  long: {
    senders: 10_000,
    signUpMs: 500_000,
    poll: { firstS: HALF_A_DAY_S, maxS: HALF_A_DAY_S },
    cached: 1_000,
    fullAt: 2_000,
    mayGrowMiB: 100,
  },
};
const PARK_WITHIN_MS = 15 * 60_000;
const PARKED = "OnboardingStatus = 'awaiting-attachment'";

export const parked: Drill = {
  name: 'parked',
  summary: 'thousands wait for people to act: memory stays flat, and all go on',
  run(settings) {
    const { length } = settings;
    const parking = PARKING[length];
    const { people, backlogMs } = SIZES[length];
    const options = {
      ...settings,
      webhooks: 'on',
      poll: parking.poll,
      maxCachedWorkflows: parking.cached,
    } as const;
    return inStage(options, (stage) => {
      const opening = Promise.withResolvers<undefined>();
      return enact(stage, {
        customers: customersOn('attached', parking.senders),
        signUpMs: parking.signUpMs,
        people: {
          ...people,
          takeMs: { min: 0, max: parking.signUpMs },
          openTheirMailsAfter: opening.promise,
        },
        // AR24 repeats a webhook that was not accepted after a quarter of an hour.
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
  { visibility, worker, options }: Stage,
  { senders, fullAt, mayGrowMiB }: Parking,
): Promise<Harm> {
  const memory = async (): Promise<number> => memoryMiB(worker.pid() ?? 0);
  const parkedAtLeast = async (count: number): Promise<void> => {
    const end = Date.now() + PARK_WITHIN_MS;
    while (((await visibility.countOpen(PARKED)) ?? 0) < count && Date.now() < end)
      await pause(500);
  };
  await parkedAtLeast(fullAt);
  const before = await memory();
  options.progress(`${fullAt} parked, the worker holds ${before} MiB`);
  await parkedAtLeast(senders);
  const after = await memory();
  const grown = after - before;
  return {
    description: `${senders} parked`,
    seen: [`the worker held ${before} MiB with ${fullAt} parked, ${after} MiB with ${senders}`],
    broken: grown > mayGrowMiB ? [`the worker's memory grew by ${grown} MiB`] : [],
  };
}

/** The resident memory (RSS) of a process, in MiB. */
async function memoryMiB(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Math.round(Number(stdout.trim()) / 1024);
}
