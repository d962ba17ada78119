import type { Drill } from '../drill.ts';
import { enact } from '../enact.ts';
import { pause, until } from '../pause.ts';
import { customersOf, type Customer } from '../people/customers.ts';
import { addRows } from '../processes/added-rows.ts';
import {
  getProductionTemporal,
  startProductionTemporal,
} from '../processes/production-temporal.ts';
import { NEWEST_VERSION, SERVER_VERSION } from '../processes/temporal-server.ts';
import { inStage, type Stage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

/** Temporal allows no minor version to be left out. */
const VERSIONS = [SERVER_VERSION, 'v1.30.8', 'v1.31.2', NEWEST_VERSION] as const;
const ONBOARDINGS = { short: 24, long: 200 } as const;
const SIGN_UP_MS = 5_000;
const PARK_WITHIN_MS = 10 * 60_000;
const PARKED = "OnboardingStatus IN ('awaiting-attachment', 'awaiting-email')";

export const upgrade: Drill = {
  name: 'upgrade',
  summary: "Temporal's server is upgraded by three minor versions while onboardings are open",
  isLong: true,
  async prepare({ progress }) {
    for (const version of VERSIONS) await getProductionTemporal(progress, version);
  },
  async run(settings) {
    const { length, seed, rows, progress } = settings;
    const { people, backlogMs, poll } = SIZES[length];
    const customers = customersOf(ONBOARDINGS[length], seed);
    const [first, ...later] = VERSIONS;
    const production = await startProductionTemporal(settings, { version: first });
    try {
      const options = { ...settings, webhooks: 'on', poll, temporal: production } as const;
      return await inStage(options, (stage) => {
        const groups = VERSIONS.map(() => Promise.withResolvers<undefined>());
        return enact(stage, {
          customers,
          signUpMs: SIGN_UP_MS,
          people: {
            ...people,
            actsAfter: (customer) => groups[groupOf(customer)]?.promise ?? Promise.resolve(),
          },
          backlogMs: backlogMs * 3,
          async harm() {
            await until('all wait for their people', PARK_WITHIN_MS, async () => {
              return (await stage.visibility.countOpen(PARKED)) === customers.length;
            });
            await addRows(production.database, rows);
            progress(`${rows} rows added`);
            groups[0]?.resolve(undefined);
            const broken = await endedAfter(stage, customers, 0, first);
            const times: string[] = [];
            for (const [n, version] of later.entries()) {
              const tookS = await production.upgrade(version);
              times.push(`${version} ${tookS.toFixed(1)} s`);
              progress(`schemas of ${version}: ${tookS.toFixed(1)} s`);
              groups[n + 1]?.resolve(undefined);
              broken.push(...(await endedAfter(stage, customers, n + 1, version)));
            }
            return {
              description: `Temporal upgraded from ${first} to ${NEWEST_VERSION}`,
              seen: [`schemas, with ${rows} rows in the visibility store: ${times.join(', ')}`],
              broken,
            };
          },
        });
      });
    } finally {
      await production.stop();
    }
  },
};

/** The version under which a customer acts. */
function groupOf({ reference }: Customer): number {
  return Number(reference.replace(/\D/g, '')) % VERSIONS.length;
}

/** Waits until all have ended who act under this version or the ones before. */
async function endedAfter(
  { visibility, options }: Stage,
  customers: readonly Customer[],
  group: number,
  version: string,
): Promise<string[]> {
  const due = customers.filter((customer) => groupOf(customer) <= group).length;
  const limit = Date.now() + SIZES[options.length].backlogMs * 3;
  let ended = 0;
  while (ended < due && Date.now() < limit) {
    await pause(500);
    ended = (await visibility.counts())?.ended ?? ended;
  }
  options.progress(`under ${version}, ${ended} of ${customers.length} have ended`);
  return ended < due ? [`under ${version}, ${ended} ended and ${due} were due`] : [];
}
