/** Withdraws a sign-up, before or after its onboarding began. */
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  ATTRIBUTES,
  TASK_QUEUE,
  WITHDRAWN_TYPE,
  withdrawnSignal,
  workflowIdOf,
  type Withdrawal,
  type Reference,
} from '../workflows/contract/index.ts';
import { keyAttribute } from './encryption.ts';
import { isProcessed, markProcessed } from './processed-events.ts';
import { callTemporal } from './temporal-call.ts';

/** `ended`: the onboarding had ended before; `earlier`: the same event was processed before. */
export type Withdrawn = 'taken' | 'ended' | 'earlier';

/**
 * Cancels the open onboarding. If none was ever started, a withdrawn run takes its workflow id, so that a later
 * start finds an ended onboarding. Durable even if no worker runs. May be repeated.
 *
 * @param eventId of the event that requests it, if any: a redelivery does not touch later onboardings
 * @throws TemporalUnavailableError
 */
export async function withdrawSignUp(
  temporal: Client,
  reference: Reference,
  withdrawal: Withdrawal,
  eventId?: string,
): Promise<Withdrawn> {
  if (eventId === undefined) return withdraw(temporal, reference, withdrawal);
  const event = { reference, action: 'withdrawal', id: eventId } as const;
  if (await isProcessed(temporal, event)) return 'earlier';
  const withdrawn = await withdraw(temporal, reference, withdrawal);
  await markProcessed(temporal, event);
  return withdrawn;
}

async function withdraw(
  temporal: Client,
  reference: Reference,
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
