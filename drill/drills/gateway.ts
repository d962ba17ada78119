import type { Drill } from '../drill.ts';
import { enact } from '../enact.ts';
import { killAgain } from '../harm/kill-again.ts';
import { customersOf } from '../people/customers.ts';
import { inStage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const KILLS = { short: 2, long: 36 } as const;
const EVERY_MS = 5_000;

export const gateway: Drill = {
  name: 'gateway',
  summary: "the gateway is killed (-9) every 5 s, under sign-ups and AR24's webhooks",
  run(settings) {
    const { onboardings, poll, ...size } = SIZES[settings.length];
    const times = KILLS[settings.length];
    return inStage({ ...settings, webhooks: 'on', poll }, (stage) =>
      enact(stage, {
        ...size,
        customers: customersOf(onboardings, settings.seed),
        signUpMs: times * EVERY_MS,
        async harm(_stage, signingUp) {
          await killAgain(stage.gateway.kill, { everyMs: EVERY_MS, times });
          const { webhooks } = await stage.simulator.ledger();
          const missed = webhooks.filter(({ outcome }) => outcome !== 200).length;
          return {
            description: `gateway killed ${stage.gateway.kills()} times`,
            seen: [
              `${signingUp.repeats()} starts were sent again`,
              `${missed} of ${webhooks.length} webhooks were missed, and their changes found by polling`,
            ],
          };
        },
      }),
    );
  },
};
