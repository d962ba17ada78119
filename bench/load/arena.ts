import { bundles } from '../bundles.ts';
import { bareAndCalling, bareAndEmpty } from './bare.ts';
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
      const { onboarding, bare } = await bundles();
      return await race({
        people,
        contenders: [
          realOnboarding(temporal, people, onboarding),
          bareAndEmpty(temporal, bare),
          bareAndCalling(temporal, people, bare),
        ],
      });
    } finally {
      await people.stop();
    }
  } finally {
    await temporal.stop();
  }
}
