/** Who was started for which address: what bounds how often one is mailed because of us. */
import type { Client } from '@temporalio/client';
import { ATTRIBUTES, referenceOf } from '../workflows/contract/index.ts';
import { searchOnce } from './search.ts';
import { startsQuery } from './visibility-query.ts';

/** What Temporal gives at once: more starts for one address in a day are too many anyway. */
const PAGE_SIZE = 1_000;

/** @throws TemporalUnavailableError */
export async function startsFor(
  temporal: Client,
  emailHashes: readonly string[],
  since: Date,
): Promise<readonly (readonly string[])[]> {
  const query = startsQuery(emailHashes, since);
  const { runs } = await searchOnce(temporal, query, { pageSize: PAGE_SIZE });
  return emailHashes.map((hash) =>
    runs
      .filter(
        ({ typedSearchAttributes }) => typedSearchAttributes.get(ATTRIBUTES.emailHash) === hash,
      )
      .flatMap(({ workflowId }) => referenceOf(workflowId) ?? []),
  );
}
