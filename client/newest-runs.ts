/** Leaves out ended onboardings that were started again since. */
import type { Client } from '@temporalio/client';
import { inGroups } from './in-groups.ts';
import { searchAll } from './search.ts';
import { summaryOf } from './summary.ts';
import { ENDED, runsOfQuery } from './visibility-query.ts';
import type { OnboardingSummary } from './view-types.ts';

/** In one search: with references as long as they may be, its text stays under 6,000 characters. */
const AT_A_TIME = 32;

/** How many searches that may take, where so many were found. */
export function searchesForNewest(found: number): number {
  return Math.ceil(found / AT_A_TIME);
}

/** One search more per group in which any has ended: an open run is always the newest. */
export async function* newestAmong(
  temporal: Client,
  found: AsyncIterable<OnboardingSummary>,
): AsyncIterableIterator<OnboardingSummary> {
  for await (const group of inGroups(found, AT_A_TIME)) {
    const ended = group.filter(hasEnded);
    const newest = await newestStarts(temporal, ended);
    yield* group.filter(
      (one) => !hasEnded(one) || Date.parse(one.startedAt) >= (newest.get(one.reference) ?? 0),
    );
  }
}

function hasEnded({ status }: OnboardingSummary): boolean {
  return status === 'failed' || ENDED.includes(status);
}

/** When the newest run of each began (ms since the epoch). */
async function newestStarts(
  temporal: Client,
  ended: readonly OnboardingSummary[],
): Promise<ReadonlyMap<string, number>> {
  const newest = new Map<string, number>();
  const query = runsOfQuery(ended.map(({ reference }) => reference));
  if (query === undefined) return newest;
  for await (const run of searchAll(temporal, query)) {
    const { reference } = summaryOf(run);
    newest.set(reference, Math.max(newest.get(reference) ?? 0, run.startTime.getTime()));
  }
  return newest;
}
