/** Taking a sign-up back, whether or not it has begun. */
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  ATTRIBUTES,
  TASK_QUEUE,
  WITHDRAWN_TYPE,
  withdrawnSignal,
  workflowIdOf,
  type Withdrawal,
} from '../workflows/contract/index.ts';
import { keyAttribute } from './encryption.ts';
import { isHeeded, noteHeeded } from './heeded.ts';
import { callTemporal } from './temporal-call.ts';

/** `ended`: there was nothing left to take back; `earlier`: the same event has said so before, and was heeded. */
export type Withdrawn = 'taken' | 'ended' | 'earlier';

/**
 * Cancels the open onboarding; where none was ever begun, its place is taken, so that a start that comes
 * later finds it ended. Durable with no worker up. May be repeated.
 *
 * @param eventId of the event that says so, if one does: said again, it says nothing of what came since
 * @throws TemporalUnavailableError
 */
export async function withdrawSignUp(
  temporal: Client,
  reference: string,
  withdrawal: Withdrawal,
  eventId?: string,
): Promise<Withdrawn> {
  if (eventId === undefined) return withdraw(temporal, reference, withdrawal);
  const event = { reference, deed: 'withdrawal', id: eventId } as const;
  if (await isHeeded(temporal, event)) return 'earlier';
  const withdrawn = await withdraw(temporal, reference, withdrawal);
  await noteHeeded(temporal, event);
  return withdrawn;
}

async function withdraw(
  temporal: Client,
  reference: string,
  withdrawal: Withdrawal,
): Promise<Withdrawn> {
  try {
    await callTemporal(temporal, () =>
      temporal.workflow.signalWithStart(WITHDRAWN_TYPE, {
        workflowId: workflowIdOf(reference),
        taskQueue: TASK_QUEUE,
        args: [withdrawal],
        signal: withdrawnSignal,
        signalArgs: [withdrawal],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        typedSearchAttributes: new TypedSearchAttributes([
          { key: ATTRIBUTES.status, value: 'cancelled' },
          { key: ATTRIBUTES.since, value: new Date() },
          ...keyAttribute(temporal),
        ]),
        staticSummary: `sender ${reference}, withdrawn before it began`,
      }),
    );
    return 'taken';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'ended';
    throw error;
  }
}
