/** A page of onboardings, for who turns pages over HTTP. */
import type { Client } from '@temporalio/client';
import { InvalidRequestError } from './errors/index.ts';
import { cursorMark, type HashKey } from './hash-key.ts';
import { newestAmong } from './newest-runs.ts';
import { searchOnce } from './search.ts';
import { summaryOf } from './summary.ts';
import type { OnboardingSummary } from './view-types.ts';

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
const CURSOR = /^([0-9a-f]{32})([A-Za-z0-9_-]{1,4000})$/;

/** @throws InvalidRequestError on a cursor that is none of ours, TemporalUnavailableError */
export async function listPage(
  { temporal, hashKeys }: PageSettings,
  query: string,
  { cursor, limit = LIMIT }: PageOptions,
): Promise<OnboardingPage> {
  const token = cursor === undefined ? undefined : tokenIn(cursor, query, hashKeys);
  const { runs, nextPageToken } = await searchOnce(temporal, query, {
    pageSize: limit,
    nextPageToken: token === undefined ? undefined : Buffer.from(token, 'base64url'),
  });
  const onboardings: OnboardingSummary[] = [];
  for await (const one of newestAmong(temporal, each(runs.map(summaryOf)))) onboardings.push(one);
  const next = Buffer.from(nextPageToken).toString('base64url');
  const nextCursor = next === '' ? null : cursorMark(query, next, hashKeys[0]) + next;
  return { onboardings, nextCursor };
}

/** Temporal takes a made-up one for a trouble of its own, and is asked again and again. */
function tokenIn(cursor: string, query: string, hashKeys: readonly HashKey[]): string {
  const [, mark = '', token = ''] = CURSOR.exec(cursor) ?? [];
  if (hashKeys.some((key) => cursorMark(query, token, key) === mark)) return token;
  const message = 'is no cursor of a page before, with the same filter';
  throw new InvalidRequestError([{ path: 'cursor', message }]);
}

// eslint-disable-next-line @typescript-eslint/require-await -- what takes them wants an iterable of its kind
async function* each<T>(all: readonly T[]): AsyncIterableIterator<T> {
  yield* all;
}
