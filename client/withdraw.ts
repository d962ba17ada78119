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
import { OnboardingNotFoundError } from './errors/index.ts';
import { describe } from './onboarding-run.ts';
import { callTemporal } from './temporal-call.ts';
import { withdrawalsBefore } from './withdrawals.ts';

/** `ended`: there was nothing left to take back; `earlier`: it was about one before, and has been heeded then. */
export type Withdrawn = 'taken' | 'ended' | 'earlier';

/**
 * Cancels the open onboarding; where none was ever begun, its place is taken, so that a start that comes
 * later finds it ended. Durable with no worker up. May be repeated.
 *
 * @throws TemporalUnavailableError
 */
export async function withdrawSignUp(
  temporal: Client,
  reference: string,
  withdrawal: Withdrawal,
): Promise<Withdrawn> {
  try {
    if (await isOfOneBefore(temporal, reference, withdrawal)) return 'earlier';
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

/** Delivered again, after somebody has begun anew. */
async function isOfOneBefore(
  temporal: Client,
  reference: string,
  { id }: Withdrawal,
): Promise<boolean> {
  if (id === undefined) return false;
  try {
    return withdrawalsBefore(await describe(temporal, reference)).includes(id);
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return false;
    throw error;
  }
}
