/**
 * Which events have been heeded that end something. One that is delivered again, as events are, must not end
 * what somebody has begun anew since. Each leaves a run of its own with nothing in it: it is found without a
 * key, no erasure takes it, and it is there until the retention is over.
 */
import { createHash } from 'node:crypto';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import { HEEDED_TYPE, heededIdOf, TASK_QUEUE } from '../workflows/contract/index.ts';
import { callTemporal } from './temporal-call.ts';

export interface EndingEvent {
  readonly reference: string;
  /** What it asked for. */
  readonly deed: 'erasure' | 'withdrawal';
  /** The same however often it is delivered. */
  readonly id: string;
}

/** @throws TemporalUnavailableError */
export async function isHeeded(temporal: Client, event: EndingEvent): Promise<boolean> {
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
 * To be noted once it has been done, durably: one that is noted and was not done would be lost.
 *
 * @throws TemporalUnavailableError
 */
export async function noteHeeded(temporal: Client, event: EndingEvent): Promise<void> {
  try {
    await callTemporal(temporal, () =>
      temporal.workflow.start(HEEDED_TYPE, {
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

/** Hashed, since an event's id is a text of somebody else's. */
function idOf({ reference, deed, id }: EndingEvent): string {
  return heededIdOf(reference, `${deed}/${createHash('sha256').update(id).digest('hex')}`);
}
