/** Who was started for which address: what bounds how often one is mailed because of us. */
import type { Client } from '@temporalio/client';
import { executionInfoFromRaw } from '@temporalio/client/lib/helpers.js';
import { ATTRIBUTES, referenceOf } from '../workflows/contract/index.ts';
import { callTemporal } from './temporal-call.ts';
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
  const { namespace, loadedDataConverter } = temporal.options;
  const { executions } = await callTemporal(temporal, () =>
    temporal.workflowService.listWorkflowExecutions({ namespace, query, pageSize: PAGE_SIZE }),
  );
  const found = await Promise.all(
    executions.map((raw) => executionInfoFromRaw(raw, loadedDataConverter, raw, namespace)),
  );
  return emailHashes.map((hash) =>
    found
      .filter(
        ({ typedSearchAttributes }) => typedSearchAttributes.get(ATTRIBUTES.emailHash) === hash,
      )
      .flatMap(({ workflowId }) => referenceOf(workflowId) ?? []),
  );
}
