/** Notifications to the partner: the hand-over to the workflow that delivers them, and the delivery. */
import { Context } from '@temporalio/activity';
import { noopMetricMeter, TypedSearchAttributes, type MetricMeter } from '@temporalio/common';
import { keyAttribute } from '../../client/encryption.ts';
import type { Notification } from '../../workflows/contract/index.ts';
import {
  NOTIFICATIONS_WORKFLOW_TYPE,
  notificationsIdOf,
  TASK_QUEUE,
} from '../../workflows/contract/names.ts';
import { notifySignal } from '../../workflows/contract/notification.ts';
import { processRecorder } from '../../metrics/sdk.ts';
import { DELIVERY_METRICS } from '../metrics.ts';
import { deliver, sendTest } from './deliver.ts';
import { createReceiver, type ReceiverSettings } from './receiver.ts';

export function createNotifyActivities() {
  return { notifyPartner };
}

/**
 * Signals the workflow that delivers the notifications of this reference, and starts it if none runs. A repeated
 * signal is harmless: a sequence number counts once.
 *
 * @throws an error of Temporal's client
 */
async function notifyPartner(notification: Notification): Promise<void> {
  const { reference } = notification.view;
  const { client } = Context.current();
  await client.workflow.signalWithStart(NOTIFICATIONS_WORKFLOW_TYPE, {
    workflowId: notificationsIdOf(reference),
    taskQueue: TASK_QUEUE,
    signal: notifySignal,
    signalArgs: [notification],
    typedSearchAttributes: new TypedSearchAttributes(keyAttribute(client)),
    staticSummary: `notifications for ${reference}`,
  });
}

/**
 * @param meter default: no metrics
 * @param settings undefined if this worker has no receiver set: notifications then wait for a worker that has one
 * @throws TypeError on invalid settings; its message holds no value
 */
export function createDeliveryActivities(
  settings: ReceiverSettings | undefined,
  meter: MetricMeter = noopMetricMeter,
) {
  const record = processRecorder(meter, DELIVERY_METRICS);
  const receiver = settings && createReceiver(settings);
  return {
    deliverNotification: (notification: Notification) =>
      deliver(receiver, notification, Context.current().cancellationSignal, record),
    testReceiver: () => sendTest(receiver, Context.current().cancellationSignal),
  };
}

export type NotifyActivities = ReturnType<typeof createNotifyActivities>;
export type DeliveryActivities = ReturnType<typeof createDeliveryActivities>;
export type { ReceiverSettings } from './receiver.ts';
