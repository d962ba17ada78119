/**
 * Which events have withdrawn a sign-up. One that is delivered again, as events are, must not take back what
 * somebody has begun anew since: a new start knows those of the runs before it.
 */
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { MEMO_WITHDRAWALS, withdrawnSignal, workflowIdOf } from '../workflows/contract/index.ts';
import type { Run } from './describe-run.ts';
import { handleOf } from './onboarding-run.ts';
import { callTemporal } from './temporal-call.ts';
import { fieldReader } from './timeline/payload.ts';

/** Of the last; events from before are not delivered any more. */
const MOST = 20;

const idsSchema = z.array(z.string());

/** Of the runs before this one; none where that cannot be read here. */
export function withdrawalsBefore({ memo }: Pick<Run, 'memo'>): readonly string[] {
  return idsSchema.safeParse(memo.values[MEMO_WITHDRAWALS]).data ?? [];
}

/** Of this one too. */
export async function withdrawalsUpTo(
  temporal: Client,
  reference: string,
  run: Pick<Run, 'memo' | 'runId'>,
): Promise<readonly string[]> {
  const { events } = await callTemporal(temporal, () =>
    handleOf(temporal, reference, run.runId).fetchHistory(),
  );
  const read = fieldReader(temporal, workflowIdOf(reference));
  const ids = [...withdrawalsBefore(run)];
  for (const { workflowExecutionSignaledEventAttributes: signal } of events ?? []) {
    if (signal?.signalName !== withdrawnSignal.name) continue;
    const { id } = await read(signal.input?.payloads);
    if (typeof id === 'string' && !ids.includes(id)) ids.push(id);
  }
  return ids.slice(-MOST);
}
