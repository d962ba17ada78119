import type { Drill } from '../drill.ts';
import { enact } from '../enact.ts';
import { hostileAr24, TIMEOUT_MS } from '../harm/hostile.ts';
import { customersOf } from '../people/customers.ts';
import { inStage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const SIGN_UP_MS = { short: 8_000, long: 160_000 } as const;
const LASTS_MS = { short: 16_000, long: 180_000 } as const;

export const hostile: Drill = {
  name: 'hostile',
  summary:
    'AR24 fails: 30 % 5xx, 5 % answers lost, 5 % too slow, 1 % malformed, throttling, maintenance',
  run(settings) {
    const { length, seed } = settings;
    const { onboardings, poll, ...size } = SIZES[length];
    const lasts = LASTS_MS[length];
    const options = { ...settings, webhooks: 'on', poll, ar24TimeoutMs: TIMEOUT_MS } as const;
    return inStage(options, (stage) =>
      enact(stage, {
        ...size,
        customers: customersOf(onboardings, seed),
        signUpMs: SIGN_UP_MS[length],
        harm: async () => ({ description: await hostileAr24(stage.simulator, length, lasts) }),
        operatorReminds: true,
      }),
    );
  },
};
