/** A page of onboardings, for who turns pages over HTTP. */
import type { Client } from '@temporalio/client';
import { cursorOf, tokenIn } from './cursor.ts';
import type { HashKey } from './hash-key.ts';
import { newestAmong, searchesForNewest } from './newest-runs.ts';
import { searchOnce } from './search.ts';
import { summaryOf } from './summary.ts';
import type { OnboardingSummary } from './view-types.ts';
import { findsOpenAlone, type ListFilter } from './visibility-query.ts';

export interface PageSettings {
  readonly temporal: Client;
  /** The key in use, then those in use before. */
  readonly hashKeys: readonly [HashKey, ...HashKey[]];
}

export interface PageOptions {
  /** Where the page before ended; the first page where absent. */
  readonly cursor?: string | undefined;
  /** Most onboardings in it: 1 to 1,000. */
  readonly limit?: number | undefined;
}

export interface OnboardingPage {
  /** May be fewer than asked for, also where more follow. */
  readonly onboardings: readonly OnboardingSummary[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

const LIMIT = 100;

/** How many searches of Temporal's a page may cost: it bears few a second. */
export function searchesForPage(
  filter: ListFilter,
  { limit = LIMIT }: Pick<PageOptions, 'limit'>,
): number {
  return 1 + (findsOpenAlone(filter) ? 0 : searchesForNewest(limit));
}

/** @throws InvalidRequestError on a cursor that is none of ours, TemporalUnavailableError */
export async function listPage(
  { temporal, hashKeys }: PageSettings,
  query: string,
  { cursor, limit = LIMIT }: PageOptions,
): Promise<OnboardingPage> {
  const { runs, nextPageToken } = await searchOnce(temporal, query, {
    pageSize: limit,
    nextPageToken: cursor === undefined ? undefined : tokenIn(cursor, query, hashKeys),
  });
  const onboardings: OnboardingSummary[] = [];
  for await (const one of newestAmong(temporal, each(runs.map(summaryOf)))) onboardings.push(one);
  return { onboardings, nextCursor: cursorOf(query, nextPageToken, hashKeys[0]) };
}

// eslint-disable-next-line @typescript-eslint/require-await -- what takes them wants an iterable of its kind
async function* each<T>(all: readonly T[]): AsyncIterableIterator<T> {
  yield* all;
}
