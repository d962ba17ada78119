import type { Drill } from '../drill.ts';
import { enact } from '../enact.ts';
import { makeSmallDisk } from '../harm/small-disk.ts';
import { pause } from '../pause.ts';
import { customersOf } from '../people/customers.ts';
import { inStage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const ONBOARDINGS = { short: 8, long: 300 } as const;
const BEFORE_MS = { short: 5_000, long: 20_000 } as const;
const FULL_MS = { short: 12_000, long: 60_000 } as const;
const FILL_AGAIN_EVERY_MS = 500;

export const disk: Drill = {
  name: 'disk',
  summary: "the disk with Temporal's file is full for a while",
  async run(settings) {
    const { length, seed } = settings;
    const { poll, ...size } = SIZES[length];
    const small = await makeSmallDisk();
    try {
      const options = { ...settings, webhooks: 'on', poll, temporalFolder: small.folder } as const;
      return await inStage(options, (stage) =>
        enact(stage, {
          ...size,
          customers: customersOf(ONBOARDINGS[length], seed),
          signUpMs: BEFORE_MS[length] + FULL_MS[length],
          async harm(_stage, signingUp) {
            await pause(BEFORE_MS[length]);
            const end = Date.now() + FULL_MS[length];
            const before = signingUp.repeats();
            while (Date.now() < end) {
              // A server that ends frees some space.
              await small.fill();
              await pause(FILL_AGAIN_EVERY_MS);
            }
            const refused = signingUp.repeats() - before;
            await small.empty();
            return {
              description: `Temporal's disk full for ${FULL_MS[length] / 1000} s`,
              seen: [`${refused} starts were refused meanwhile, and sent again`],
              broken: refused === 0 ? ['no start was refused while the disk was full'] : [],
            };
          },
        }),
      );
    } finally {
      await small.remove();
    }
  },
};
