import type { Drill } from '../drill.ts';
import { enact } from '../enact.ts';
import { killAgain } from '../harm/kill-again.ts';
import { customersOf } from '../people/customers.ts';
import { inStage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const TIMES = { short: 2, long: 5 } as const;
const EVERY_MS = { short: 5_000, long: 36_000 } as const;

export const temporal: Drill = {
  name: 'temporal',
  summary:
    'Temporal, its state in a file, is killed (-9) and started again, five times (two in short)',
  run(settings) {
    const { onboardings, poll, ...size } = SIZES[settings.length];
    const [times, everyMs] = [TIMES[settings.length], EVERY_MS[settings.length]];
    return inStage({ ...settings, webhooks: 'on', poll }, (stage) =>
      enact(stage, {
        ...size,
        customers: customersOf(onboardings, settings.seed),
        signUpMs: times * everyMs,
        async harm({ temporal: server }, signingUp) {
          if (server === undefined) throw new Error('no Temporal to kill');
          await killAgain(server.kill, { everyMs, times });
          return {
            description: `Temporal killed ${server.kills()} times`,
            seen: [`${signingUp.repeats()} starts were sent again`],
          };
        },
      }),
    );
  },
};
