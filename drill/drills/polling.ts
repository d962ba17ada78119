import type { Drill } from '../drill.ts';
import { enact } from '../enact.ts';
import { customersOf } from '../people/customers.ts';
import { inStage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

/** In production 10 minutes to 12 hours: a ratio of 72, as in the long drill. */
const POLL = { short: { firstS: 1, maxS: 10 }, long: { firstS: 2, maxS: 144 } } as const;
const PEOPLE_TAKE_MS = { short: 12_000, long: 180_000 } as const;
const SIGN_UP_MS = { short: 8_000, long: 60_000 } as const;
const SCALED = { short: 600, long: 300 } as const;

export const polling: Drill = {
  name: 'polling',
  summary: 'AR24 sends no webhooks at all; the schedule of polls is in seconds instead of hours',
  run(settings) {
    const { length, seed } = settings;
    const { onboardings, people, backlogMs } = SIZES[length];
    return inStage({ ...settings, webhooks: 'off', poll: POLL[length] }, (stage) =>
      enact(stage, {
        customers: customersOf(onboardings, seed),
        signUpMs: SIGN_UP_MS[length],
        people: { ...people, takeMs: { min: 0, max: PEOPLE_TAKE_MS[length] } },
        backlogMs,
        async harm({ simulator }, signingUp) {
          await signingUp.done;
          const { webhooks } = await simulator.ledger();
          return {
            description: `no webhooks, polls ${SCALED[length]} times as often`,
            broken: webhooks.length > 0 ? [`${webhooks.length} webhooks were sent`] : [],
          };
        },
      }),
    );
  },
};
