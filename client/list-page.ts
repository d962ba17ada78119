/** A page of onboardings, for who turns pages over HTTP. */
import type { Client } from '@temporalio/client';
import { executionInfoFromRaw } from '@temporalio/client/lib/helpers.js';
import { InvalidRequestError } from './errors/index.ts';
import { newestAmong } from './newest-runs.ts';
import { summaryOf } from './summary.ts';
import { callTemporal, GRPC, grpcCodeOf } from './temporal-call.ts';
import type { OnboardingSummary } from './view-types.ts';

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
const CURSOR = /^[A-Za-z0-9_-]{1,4000}$/;

/** @throws InvalidRequestError on a cursor that is none of ours, TemporalUnavailableError */
export async function listPage(
  temporal: Client,
  query: string,
  { cursor, limit = LIMIT }: PageOptions,
): Promise<OnboardingPage> {
  if (cursor !== undefined && !CURSOR.test(cursor)) throw noCursor();
  const { executions, nextPageToken } = await searched(temporal, query, cursor, limit);
  const found = await Promise.all(
    executions.map((raw) =>
      executionInfoFromRaw(
        raw,
        temporal.options.loadedDataConverter,
        raw,
        temporal.options.namespace,
      ),
    ),
  );
  const onboardings: OnboardingSummary[] = [];
  for await (const one of newestAmong(temporal, each(found.map(summaryOf)))) onboardings.push(one);
  const token = Buffer.from(nextPageToken);
  return { onboardings, nextCursor: token.length === 0 ? null : token.toString('base64url') };
}

async function searched(
  temporal: Client,
  query: string,
  cursor: string | undefined,
  pageSize: number,
) {
  const { namespace } = temporal.options;
  const page = cursor === undefined ? {} : { nextPageToken: Buffer.from(cursor, 'base64url') };
  try {
    return await callTemporal(temporal, () =>
      temporal.workflowService.listWorkflowExecutions({ namespace, query, pageSize, ...page }),
    );
  } catch (error) {
    if (cursor !== undefined && grpcCodeOf(error) === GRPC.invalidArgument) throw noCursor();
    throw error;
  }
}

function noCursor(): InvalidRequestError {
  const message = 'is no cursor of a page before, or of another search';
  return new InvalidRequestError([{ path: 'cursor', message }]);
}

// eslint-disable-next-line @typescript-eslint/require-await -- what takes them wants an iterable of its kind
async function* each<T>(all: readonly T[]): AsyncIterableIterator<T> {
  yield* all;
}
