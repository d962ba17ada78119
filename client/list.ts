/** Many onboardings, from Temporal's visibility store, which may lag a second behind. */
import type { Client } from '@temporalio/client';
import { OnboardingNotFoundError } from './errors/index.ts';
import { inGroups } from './in-groups.ts';
import { newestAmong } from './newest-runs.ts';
import { readView } from './read-view.ts';
import { searchAll } from './search.ts';
import { summaryOf } from './summary.ts';
import type { ListFilter } from './visibility-query.ts';
import type { OnboardingSummary } from './view-types.ts';

/** So many are described at a time to find those that are stuck. */
const DESCRIBED_AT_A_TIME = 16;

/** The newest run may not fit these; without them it is found itself, and first. */
const MAY_MISS_THE_NEWEST = ['status', 'email', 'accountId'] as const;

/**
 * Open ones first, then the last to end; of each reference only its newest run, if that fits.
 *
 * @param query made once it is asked for: what is wrong with the filter is told to who reads the list
 */
export async function* listOnboardings(
  temporal: Client,
  filter: ListFilter,
  query: () => string,
): AsyncIterableIterator<OnboardingSummary> {
  const found = search(temporal, query());
  if (filter.stuckOnly === true) yield* stuckAmong(temporal, found);
  else if (MAY_MISS_THE_NEWEST.some((one) => filter[one] !== undefined))
    yield* newestAmong(temporal, found);
  else yield* found;
}

async function* search(temporal: Client, query: string): AsyncIterableIterator<OnboardingSummary> {
  const seen = new Set<string>();
  for await (const run of searchAll(temporal, query)) {
    const summary = summaryOf(run);
    if (seen.has(summary.reference)) continue;
    seen.add(summary.reference);
    yield summary;
  }
}

async function* stuckAmong(
  temporal: Client,
  found: AsyncIterableIterator<OnboardingSummary>,
): AsyncIterableIterator<OnboardingSummary> {
  const isStuck = async ({ reference }: OnboardingSummary): Promise<boolean> => {
    try {
      return (await readView(temporal, reference)).stuck;
    } catch (error) {
      if (error instanceof OnboardingNotFoundError) return false;
      throw error;
    }
  };
  for await (const some of inGroups(found, DESCRIBED_AT_A_TIME)) {
    const stuck = await Promise.all(some.map(isStuck));
    yield* some.filter((_, index) => stuck[index]);
  }
}
