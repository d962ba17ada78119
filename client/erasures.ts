/** Which senders were erased, from Temporal's search: references and times only, so that no key is needed. */
import type { Client } from '@temporalio/client';
import { erasedReferenceOf, ERASURE_TYPE, type Reference } from '../workflows/contract/index.ts';
import { isOpen } from './run.ts';
import { searchAll } from './search.ts';

export interface ErasureEntry {
  readonly reference: Reference;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
  /** Null while it is not done, or if it was stopped. */
  readonly erasedAt: string | null;
  readonly state: 'erased' | 'under-way' | 'stopped';
}

/**
 * Newest first, for as long as Temporal keeps their receipts.
 *
 * @param since only those that were requested from then on
 * @throws TemporalUnavailableError
 */
export async function* listErasures(
  temporal: Client,
  since: Date,
): AsyncIterableIterator<ErasureEntry> {
  const query = `WorkflowType = '${ERASURE_TYPE}' AND StartTime >= '${since.toISOString()}'`;
  for await (const run of searchAll(temporal, query)) {
    const reference = erasedReferenceOf(run.workflowId);
    if (reference === undefined) continue;
    const isDone = run.status.name === 'COMPLETED';
    yield {
      reference,
      requestedAt: run.startTime.toISOString(),
      erasedAt: isDone ? (run.closeTime?.toISOString() ?? null) : null,
      state: isDone ? 'erased' : isOpen(run) ? 'under-way' : 'stopped',
    };
  }
}
