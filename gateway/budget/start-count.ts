import {
  answeredWithin,
  TemporalUnavailableError,
  type OnboardingClient,
} from '../../client/index.ts';
import { sharedSearch } from '../shared-search.ts';
import { keptTrackOf } from '../under-way.ts';
import { within } from '../within.ts';

/** A query of some thousand characters. */
const MOST_ADDRESSES_A_SEARCH = 100;
/** A start is worth more than an exact count: who cannot be counted in time is counted here alone. */
const COUNTED_WITHIN_MS = 700;

export interface StartCountOptions {
  readonly onboardings: Pick<OnboardingClient, 'startsOf'>;
}

interface Asked {
  readonly emailHash: string;
  readonly since: Date;
}

/** References of the onboardings that were started for an address; none where Temporal does not tell in time. */
export function createStartCount({ onboardings }: StartCountOptions) {
  const search = sharedSearch<Asked, readonly string[]>((asked) => {
    const since = new Date(Math.min(...asked.map((one) => one.since.getTime())));
    return onboardings.startsOf(
      asked.map(({ emailHash }) => emailHash),
      since,
    );
  }, MOST_ADDRESSES_A_SEARCH);
  return async (emailHash: string, since: Date): Promise<readonly string[]> => {
    const count = answeredWithin(COUNTED_WITHIN_MS, () => search({ emailHash, since }));
    try {
      return await within(COUNTED_WITHIN_MS, keptTrackOf(count), () => []);
    } catch (error) {
      if (error instanceof TemporalUnavailableError) return [];
      throw error;
    }
  };
}
