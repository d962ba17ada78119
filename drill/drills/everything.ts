import type { Drill } from '../drill.ts';
import { enact } from '../enact.ts';
import { hostileAr24, TIMEOUT_MS } from '../harm/hostile.ts';
import { killAgain } from '../harm/kill-again.ts';
import { customersOf } from '../people/customers.ts';
import { inStage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const SIGN_UP_MS = { short: 8_000, long: 160_000 } as const;
const LASTS_MS = { short: 16_000, long: 180_000 } as const;
const TEMPORAL_KILLS = { short: 2, long: 5 } as const;
/** Different, so that worker and gateway are rarely killed at the same moment. */
const EVERY_MS = { worker: 5_000, gateway: 5_300 } as const;

export const everything: Drill = {
  name: 'everything',
  summary: 'worker, gateway and Temporal are killed, and AR24 is hostile, all at once',
  run(settings) {
    const { length, seed } = settings;
    const { onboardings, poll, ...size } = SIZES[length];
    const [lasts, temporalKills] = [LASTS_MS[length], TEMPORAL_KILLS[length]];
    const options = { ...settings, webhooks: 'on', poll, ar24TimeoutMs: TIMEOUT_MS } as const;
    return inStage(options, (stage) =>
      enact(stage, {
        ...size,
        customers: customersOf(onboardings, seed),
        signUpMs: SIGN_UP_MS[length],
        async harm({ temporal, worker, gateway, simulator }, signingUp) {
          if (temporal === undefined) throw new Error('no Temporal to kill');
          const again = (kill: () => Promise<void>, everyMs: number) =>
            killAgain(kill, { everyMs, times: Math.floor(lasts / everyMs) });
          const [hostile] = await Promise.all([
            hostileAr24(simulator, length, lasts),
            again(worker.kill, EVERY_MS.worker),
            again(gateway.kill, EVERY_MS.gateway),
            killAgain(temporal.kill, { everyMs: lasts / temporalKills, times: temporalKills }),
          ]);
          const killed = [
            `worker ${worker.kills()}`,
            `gateway ${gateway.kills()}`,
            `Temporal ${temporal.kills()}`,
          ];
          return {
            description: `killed: ${killed.join(', ')} times; ${hostile}`,
            seen: [`${signingUp.repeats()} starts were sent again`],
          };
        },
        operatorReminds: true,
      }),
    );
  },
};
