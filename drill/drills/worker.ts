import type { Drill } from '../drill.ts';
import { enact } from '../enact.ts';
import { killAgain } from '../harm/kill-again.ts';
import { customersOf } from '../people/customers.ts';
import { inStage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const KILLS = { short: 2, long: 36 } as const;
const EVERY_MS = 5_000;

export const worker: Drill = {
  name: 'worker',
  summary: 'the worker is killed (-9) every 5 s',
  run(settings) {
    const { onboardings, poll, ...size } = SIZES[settings.length];
    const times = KILLS[settings.length];
    return inStage({ ...settings, webhooks: 'on', poll }, (stage) =>
      enact(stage, {
        ...size,
        customers: customersOf(onboardings, settings.seed),
        signUpMs: times * EVERY_MS,
        async harm() {
          await killAgain(stage.worker.kill, { everyMs: EVERY_MS, times });
          return { description: `worker killed ${stage.worker.kills()} times` };
        },
      }),
    );
  },
};
