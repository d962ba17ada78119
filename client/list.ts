/** Many onboardings, from Temporal's visibility store, which may lag a second behind. */
import type { Client } from '@temporalio/client';
import type { Reference } from '../workflows/contract/index.ts';
import { InvalidRequestError } from './errors.ts';
import { findStuck, type StuckProgress } from './find-stuck.ts';
import { cursorMark, type HashKey } from './hash-key.ts';
import { describe, isOpen } from './run.ts';
import { inGroups, searchAll, searchOnce, summaryOf } from './search.ts';
import type { OnboardingSummary } from './view-types.ts';
import { ENDED, findsOpenAlone, runsOfQuery, type ListFilter } from './visibility-query.ts';

export interface ListOptions {
  /** With `stuckOnly`: reads every open one, however many there are. */
  readonly readAll?: boolean | undefined;
  /** With `stuckOnly`: called with the number of onboardings read so far. */
  readonly onProgress?: ((progress: StuckProgress) => void) | undefined;
}

interface Search extends ListOptions {
  readonly filter: ListFilter;
  /** A function, so that a fault of the filter is thrown when the list is first read. */
  readonly query: () => string;
}

/** Filters that may match an older run and not the newest. Any other search finds the newest run first. */
const MAY_MISS_THE_NEWEST = ['status', 'email', 'accountId'] as const;

/** Open ones first, then the last to end. Of each reference only the newest run, if it matches. */
export async function* listOnboardings(
  temporal: Client,
  { filter, query, ...stuck }: Search,
): AsyncIterableIterator<OnboardingSummary> {
  if (filter.stuckOnly === true) {
    yield* findStuck(temporal, { query: query(), ...stuck });
    return;
  }
  const found = search(temporal, query());
  if (MAY_MISS_THE_NEWEST.some((one) => filter[one] !== undefined))
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

/** References in one search. Even with the longest references the query stays under 6,000 characters. */
const AT_A_TIME = 32;

/**
 * Leaves out ended onboardings that were started again since. An open run is always the newest, so only a group
 * with an ended one costs a search.
 */
async function* newestAmong(
  temporal: Client,
  found: AsyncIterable<OnboardingSummary> | Iterable<OnboardingSummary>,
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

/** Start of each reference's newest run (ms since the epoch). */
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

/** The filters that find open onboardings by their present state. */
export type StateFilter = Pick<ListFilter, 'problem' | 'status' | 'unchangedSince' | 'waitingFor'>;

/**
 * Whether the newest run is open and matches the filter now. Searches may lag behind this.
 *
 * @throws OnboardingNotFoundError, TemporalUnavailableError
 */
export async function stillMatches(
  temporal: Client,
  reference: Reference,
  { status, waitingFor, problem, unchangedSince }: StateFilter,
): Promise<boolean> {
  const run = await describe(temporal, reference);
  const now = summaryOf(run);
  return (
    isOpen(run) &&
    (status === undefined || now.status === status) &&
    (waitingFor === undefined || now.waitingFor.includes(waitingFor)) &&
    (problem === undefined || now.problem?.kind === problem) &&
    (unchangedSince === undefined || Date.parse(now.since) <= unchangedSince.getTime())
  );
}

export interface ListSettings {
  readonly temporal: Client;
  /** The key in use, then the former keys. */
  readonly hashKeys: readonly [HashKey, ...HashKey[]];
}

export interface PageOptions {
  /** From the page before. Absent: the first page. */
  readonly cursor?: string | undefined;
  /** At most this many onboardings: 1 to 1,000. */
  readonly limit?: number | undefined;
}

export interface OnboardingPage {
  /** May be fewer than the limit even if more pages follow. */
  readonly onboardings: readonly OnboardingSummary[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

const LIMIT = 100;

/** How many searches a page may cost. Temporal allows few a second. */
export function searchesForPage(
  filter: ListFilter,
  { limit = LIMIT }: Pick<PageOptions, 'limit'>,
): number {
  return 1 + (findsOpenAlone(filter) ? 0 : Math.ceil(limit / AT_A_TIME));
}

/** @throws InvalidRequestError if the cursor is not from here, TemporalUnavailableError */
export async function listPage(
  { temporal, hashKeys }: ListSettings,
  query: string,
  { cursor, limit = LIMIT }: PageOptions,
): Promise<OnboardingPage> {
  const { runs, nextPageToken } = await searchOnce(temporal, query, {
    pageSize: limit,
    nextPageToken: cursor === undefined ? undefined : tokenIn(cursor, query, hashKeys),
  });
  const onboardings: OnboardingSummary[] = [];
  for await (const one of newestAmong(temporal, runs.map(summaryOf))) onboardings.push(one);
  return { onboardings, nextCursor: cursorOf(query, nextPageToken, hashKeys[0]) };
}

/**
 * A cursor is Temporal's own page token and a mark that only the holder of the key can make. Without the mark,
 * a made-up token would reach Temporal, which answers it with an internal error that is then retried.
 */
const WRITTEN = /^([0-9a-f]{32})([A-Za-z0-9_-]{1,4000})$/;

/** @returns null on the last page */
export function cursorOf(query: string, nextPageToken: Uint8Array, key: HashKey): string | null {
  const token = Buffer.from(nextPageToken).toString('base64url');
  return token === '' ? null : cursorMark(query, token, key) + token;
}

/**
 * Temporal's page token in a cursor.
 *
 * @param keys the key in use, and the former keys
 * @throws InvalidRequestError unless the cursor is of the same search
 */
export function tokenIn(cursor: string, query: string, keys: readonly HashKey[]): Buffer {
  const [, mark = '', token = ''] = WRITTEN.exec(cursor) ?? [];
  if (keys.some((key) => cursorMark(query, token, key) === mark)) {
    return Buffer.from(token, 'base64url');
  }
  const message = 'is no cursor of a page before, with the same filter';
  throw new InvalidRequestError([{ path: 'cursor', message }]);
}
