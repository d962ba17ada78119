/** Which keys have to stay, as what is open was encrypted with them. */
import type { Client } from '@temporalio/client';
import {
  ATTRIBUTES,
  ERASURE_TYPE,
  NOTIFICATIONS_WORKFLOW_TYPE,
  WITHDRAWN_TYPE,
  WORKFLOW_TYPE,
} from '../workflows/contract/index.ts';
import { searchOnce } from './search.ts';

const PAGE_SIZE = 1_000;
const TYPES = [WORKFLOW_TYPE, WITHDRAWN_TYPE, NOTIFICATIONS_WORKFLOW_TYPE, ERASURE_TYPE];
const QUERY = `WorkflowType IN (${TYPES.map((type) => `'${type}'`).join(', ')}) AND ExecutionStatus = 'Running'`;

/**
 * Looks at each open one: a search for each thousand.
 *
 * @returns how many need each key, by its id
 * @throws TemporalUnavailableError
 */
export async function keysNeeded(temporal: Client): Promise<ReadonlyMap<string, number>> {
  const needed = new Map<string, number>();
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await searchOnce(temporal, QUERY, { pageSize: PAGE_SIZE, nextPageToken });
    for (const { typedSearchAttributes } of page.runs) {
      for (const keyId of typedSearchAttributes.get(ATTRIBUTES.keyIds) ?? []) {
        needed.set(keyId, (needed.get(keyId) ?? 0) + 1);
      }
    }
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
  return needed;
}
