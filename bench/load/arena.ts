import { workflowBundle } from '../../worker/index.ts';
import { bareAndCalling, bareAndEmpty, bareBundle } from './bare.ts';
import type { Contender } from './contender.ts';
import { startPeople, type BenchPeople } from './people.ts';
import { realOnboarding } from './real.ts';
import { startTemporal } from './temporal.ts';

export interface Arena {
  readonly people: BenchPeople;
  readonly contenders: readonly Contender[];
}

/** Starts a development server, a simulator and all contenders, which take turns. */
export async function inArena<T>(
  progress: (line: string) => void,
  race: (arena: Arena) => Promise<T>,
): Promise<T> {
  const temporal = await startTemporal(progress);
  try {
    const people = await startPeople();
    try {
      const bundle = await bareBundle();
      return await race({
        people,
        contenders: [
          realOnboarding(temporal, people, await workflowBundle()),
          bareAndEmpty(temporal, bundle),
          bareAndCalling(temporal, people, bundle),
        ],
      });
    } finally {
      await people.stop();
    }
  } finally {
    await temporal.stop();
  }
}
