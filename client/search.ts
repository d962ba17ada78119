/** One search of Temporal's visibility store: a page of runs, as the SDK describes them. */
import type { Client } from '@temporalio/client';
import { executionInfoFromRaw } from '@temporalio/client/lib/helpers.js';
import { callTemporal } from './temporal-call.ts';

export interface SearchPage {
  /** Most runs in it. */
  readonly pageSize: number;
  /** Temporal's own, of the page before. */
  readonly nextPageToken?: Uint8Array | undefined;
}

/** @throws TemporalUnavailableError */
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
