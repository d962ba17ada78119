import type { Drill } from '../drill.ts';
import { enact } from '../enact.ts';
import { killAgain } from '../harm/kill-again.ts';
import { customersOf } from '../people/customers.ts';
import { pause } from '../pause.ts';
import {
  getProductionTemporal,
  startProductionTemporal,
} from '../processes/production-temporal.ts';
import { inStage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const KILLS = { short: 2, long: 36 } as const;
const EVERY_MS = 5_000;

export const postgresql: Drill = {
  name: 'postgresql',
  summary: "Temporal's real server on PostgreSQL: the worker is killed every 5 s, PostgreSQL once",
  async prepare({ progress }) {
    await getProductionTemporal(progress);
  },
  async run(settings) {
    const { length, seed } = settings;
    const { onboardings, poll, ...size } = SIZES[length];
    const times = KILLS[length];
    const production = await startProductionTemporal(settings);
    try {
      const options = { ...settings, webhooks: 'on', poll, temporal: production } as const;
      return await inStage(options, (stage) =>
        enact(stage, {
          ...size,
          customers: customersOf(onboardings, seed),
          signUpMs: times * EVERY_MS,
          async harm({ worker }) {
            await Promise.all([
              killAgain(worker.kill, { everyMs: EVERY_MS, times }),
              pause((times * EVERY_MS) / 2).then(production.postgresql.kill),
            ]);
            const [workers, databases] = [worker.kills(), production.postgresql.kills()];
            return { description: `worker killed ${workers} times, PostgreSQL ${databases} time` };
          },
        }),
      );
    } finally {
      await production.stop();
    }
  },
};
