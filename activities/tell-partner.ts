import { Context } from '@temporalio/activity';
import {
  NOTIFICATIONS_WORKFLOW_TYPE,
  notificationsIdOf,
  TASK_QUEUE,
} from '../workflows/contract/names.ts';
import { notifySignal, type Notification } from '../workflows/contract/notification.ts';

/**
 * Hands a notification over to the workflow that delivers those of this reference, which is started if
 * none runs. Repeated, it does no harm: the same sequence number counts once.
 *
 * @throws what Temporal's client throws
 */
export async function tellPartner(notification: Notification): Promise<void> {
  const { reference } = notification.view;
  await Context.current().client.workflow.signalWithStart(NOTIFICATIONS_WORKFLOW_TYPE, {
    workflowId: notificationsIdOf(reference),
    taskQueue: TASK_QUEUE,
    signal: notifySignal,
    signalArgs: [notification],
    staticSummary: `notifications for ${reference}`,
  });
}
