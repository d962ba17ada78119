import DataLoader from 'dataloader';
import {
  answeredWithin,
  TemporalUnavailableError,
  type OnboardingClient,
} from '../../client/index.ts';

/**
 * Temporal bears 10 searches a second unless it is told otherwise (`frontend.namespaceRPS.visibility`), and
 * more may start at a time: those who come within so many milliseconds of a search share the next.
 */
const SEARCH_EVERY_MS = 150;
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
  let lastAt = 0;
  const searches = new DataLoader<Asked, readonly string[]>(
    (asked) => {
      lastAt = Date.now();
      const since = new Date(Math.min(...asked.map((one) => one.since.getTime())));
      return onboardings.startsOf(
        asked.map(({ emailHash }) => emailHash),
        since,
      );
    },
    {
      cache: false,
      maxBatchSize: MOST_ADDRESSES_A_SEARCH,
      batchScheduleFn: (search) =>
        setTimeout(search, Math.max(0, lastAt + SEARCH_EVERY_MS - Date.now())),
    },
  );
  return async (emailHash: string, since: Date): Promise<readonly string[]> => {
    try {
      return await answeredWithin(COUNTED_WITHIN_MS, () => searches.load({ emailHash, since }));
    } catch (error) {
      if (error instanceof TemporalUnavailableError) return [];
      throw error;
    }
  };
}
