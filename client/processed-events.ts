/**
 * Marks ending events as processed, so that a redelivery cannot end an onboarding that was started since. The mark
 * is an empty workflow run: it needs no encryption key, no erasure deletes it, and it stays for the retention.
 */
import { createHash } from 'node:crypto';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import {
  PROCESSED_EVENT_TYPE,
  processedEventIdOf,
  TASK_QUEUE,
  type Reference,
} from '../workflows/contract/index.ts';
import { callTemporal } from './temporal-call.ts';

export interface EndingEvent {
  readonly reference: Reference;
  /** The requested action. */
  readonly action: 'erasure' | 'withdrawal';
  /** The same at each delivery. */
  readonly id: string;
}

/** @throws TemporalUnavailableError */
export async function isProcessed(temporal: Client, event: EndingEvent): Promise<boolean> {
  const handle = temporal.workflow.getHandle(idOf(event));
  try {
    await callTemporal(temporal, () => handle.describe());
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/**
 * Call it after the event was processed durably: an event that is marked too early would be lost.
 *
 * @throws TemporalUnavailableError
 */
export async function markProcessed(temporal: Client, event: EndingEvent): Promise<void> {
  try {
    await callTemporal(temporal, () =>
      temporal.workflow.start(PROCESSED_EVENT_TYPE, {
        workflowId: idOf(event),
        taskQueue: TASK_QUEUE,
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Hashed, because an event's id is untrusted text. */
function idOf({ reference, action, id }: EndingEvent): string {
  return processedEventIdOf(
    reference,
    `${action}/${createHash('sha256').update(id).digest('hex')}`,
  );
}
