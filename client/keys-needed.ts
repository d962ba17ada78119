/**
 * Finds the encryption keys that open workflows need, and that must stay. Counts instead of reading: a search that
 * reads a hundred thousand onboardings takes minutes.
 */
import type { Client } from '@temporalio/client';
import { isKeyId } from '../codec/encryption-key.ts';
import {
  ATTRIBUTES,
  ERASURE_TYPE,
  NOTIFICATIONS_WORKFLOW_TYPE,
  WITHDRAWN_TYPE,
  WORKFLOW_TYPE,
} from '../workflows/contract/index.ts';
import { keysHere } from './encryption.ts';
import { countOf, searchOnce } from './search.ts';

const TYPES = [WORKFLOW_TYPE, WITHDRAWN_TYPE, NOTIFICATIONS_WORKFLOW_TYPE, ERASURE_TYPE];
/** All open workflows that have encrypted data. */
export const OPEN_WORKFLOWS = `WorkflowType IN (${TYPES.map((type) => `'${type}'`).join(', ')}) AND ExecutionStatus = 'Running'`;
const KEY_ID = ATTRIBUTES.keyId.name;
/** Part of a list filter: workflows that began under a key. */
export const WITH_KEY = `${KEY_ID} IS NOT NULL`;
/** At most this many runs are read in one search for missing keys. */
const LOOKED_AT = 1_000;
const MOST_MISSING = 20;

/**
 * A run names the key that it began under. Every key that encrypted later may have encrypted a message to it. So it
 * needs its own key and all that stand before this in the list of keys.
 *
 * @returns the number of open workflows that need each key, by the key's id
 * @throws TemporalUnavailableError
 */
export async function keysNeeded(temporal: Client): Promise<ReadonlyMap<string, number>> {
  const here = keysHere(temporal);
  const missing = await keysMissingHere(temporal);
  const counts = await Promise.all([
    // The age of a missing key is unknown: its runs may need all keys.
    ...here.map((id, at) => countBegunUnder(temporal, id, [...here.slice(at), ...missing])),
    ...missing.map((id) => countBegunUnder(temporal, id, [id])),
  ]);
  return new Map(counts.filter(([, count]) => count > 0));
}

async function countBegunUnder(
  temporal: Client,
  id: string,
  keys: readonly string[],
): Promise<readonly [string, number]> {
  return [id, await countOf(temporal, `${OPEN_WORKFLOWS} AND ${begunUnder(keys)}`)];
}

/**
 * Ids of keys that open workflows began under and this client does not have.
 *
 * @throws TemporalUnavailableError
 */
export async function keysMissingHere(temporal: Client): Promise<readonly string[]> {
  const here = keysHere(temporal);
  const missing = new Set<string>();
  while (missing.size < MOST_MISSING) {
    const known = [...here, ...missing];
    const others = known.length === 0 ? WITH_KEY : withOtherKeys(known);
    const query = `${OPEN_WORKFLOWS} AND ${others}`;
    const { runs } = await searchOnce(temporal, query, { pageSize: LOOKED_AT });
    // A workflow that somebody started by hand may have any text as a key id.
    const found = runs
      .map((run) => run.typedSearchAttributes.get(ATTRIBUTES.keyId) ?? '')
      .filter(isKeyId);
    if (found.length === 0) break;
    for (const id of found) missing.add(id);
  }
  return [...missing];
}

/** Part of a list filter: workflows that began under another key than these. */
export function withOtherKeys(ids: readonly string[]): string {
  return `${WITH_KEY} AND ${KEY_ID} NOT IN (${quoted(ids)})`;
}

/** Part of a list filter: workflows that began under one of these keys. */
export function begunUnder(ids: readonly string[]): string {
  return `${KEY_ID} IN (${quoted(ids)})`;
}

function quoted(ids: readonly string[]): string {
  return ids.map((id) => `'${id}'`).join(', ');
}
