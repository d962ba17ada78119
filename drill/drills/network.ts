import type { Drill } from '../drill.ts';
import { enact } from '../enact.ts';
import { layWire, type Wire } from '../harm/wire.ts';
import { pause } from '../pause.ts';
import { customersOf } from '../people/customers.ts';
import { inStage } from '../stage/stage.ts';
import { SIZES } from './sizes.ts';

const ONBOARDINGS = { short: 8, long: 500 } as const;
const BEFORE_MS = { short: 3_000, long: 20_000 } as const;
const CUT_MS = { short: 15_000, long: 120_000 } as const;

export const network: Drill = {
  name: 'network',
  summary: 'the network between worker and Temporal is cut',
  async run(settings) {
    const { length, seed } = settings;
    const { poll, ...size } = SIZES[length];
    const wires: Wire[] = [];
    const workerReachesTemporalAt = async (address: string): Promise<string> => {
      const wire = await layWire(address);
      wires.push(wire);
      return wire.address;
    };
    try {
      const options = { ...settings, webhooks: 'on', poll, workerReachesTemporalAt } as const;
      return await inStage(options, (stage) =>
        enact(stage, {
          ...size,
          customers: customersOf(ONBOARDINGS[length], seed),
          signUpMs: BEFORE_MS[length] + CUT_MS[length],
          async harm() {
            await pause(BEFORE_MS[length]);
            for (const wire of wires) wire.cut();
            await pause(CUT_MS[length]);
            for (const wire of wires) wire.mend();
            return { description: `worker cut off from Temporal for ${CUT_MS[length] / 1000} s` };
          },
        }),
      );
    } finally {
      for (const wire of wires) wire.close();
    }
  },
};
