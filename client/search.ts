/**
 * Searches of Temporal's visibility store, whose runs are as the SDK describes them but without memos: the SDK's
 * own list fails with the first one that cannot be read.
 */
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { executionInfoFromRaw } from '@temporalio/client/lib/helpers.js';
import { callTemporal } from './temporal-call.ts';

/** What Temporal gives at once. */
const PAGE_SIZE = 1_000;

export interface SearchPage {
  /** Most runs in it. */
  readonly pageSize: number;
  /** Temporal's own, of the page before. */
  readonly nextPageToken?: Uint8Array | undefined;
}

/** One page. @throws TemporalUnavailableError */
export async function searchOnce(
  temporal: Client,
  query: string,
  { pageSize, nextPageToken }: SearchPage,
) {
  const { namespace, loadedDataConverter } = temporal.options;
  const answer = await callTemporal(temporal, () =>
    temporal.workflowService.listWorkflowExecutions({
      namespace,
      query,
      pageSize,
      ...(nextPageToken && { nextPageToken }),
    }),
  );
  const runs = await Promise.all(
    answer.executions.map((raw) => {
      // Nothing here reads memos, and one that cannot be read must not hide the others.
      raw.memo = null;
      return executionInfoFromRaw(raw, loadedDataConverter, raw, namespace);
    }),
  );
  return { runs, nextPageToken: answer.nextPageToken };
}

/** Page by page, as far as it is read. @throws TemporalUnavailableError */
export async function* searchAll(
  temporal: Client,
  query: string,
): AsyncIterableIterator<WorkflowExecutionInfo> {
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await searchOnce(temporal, query, { pageSize: PAGE_SIZE, nextPageToken });
    yield* page.runs;
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
}
