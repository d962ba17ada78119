/** The activities that notify the partner, as workflows call them. */
import { proxyActivities } from '@temporalio/workflow';
import type { DeliveryActivities, NotifyActivities } from '../../activities/notify/index.ts';
import { NOTIFY_TASK_QUEUE } from '../contract/names.ts';
import { DELIVERY_PATIENCE, DELIVERY_RETRY, NOTIFY_RETRY } from '../retry.ts';

/** Hands a notification over to the workflow that delivers it. It only talks to Temporal. */
export const { notifyPartner } = proxyActivities<NotifyActivities>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: DELIVERY_PATIENCE,
  retry: NOTIFY_RETRY,
  summary: 'hand a notification over',
});

/** Resolves once the receiver has given its final answer. Rejects when patience is over. */
export const { deliverNotification } = proxyActivities<DeliveryActivities>({
  taskQueue: NOTIFY_TASK_QUEUE,
  // A try ends by itself after 15 s: this only finds out that its worker has died.
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: DELIVERY_PATIENCE,
  retry: DELIVERY_RETRY,
  // The attempt before has ended when the next begins: the partner never receives two at once.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});

/** Sends a test event once. Its failure is its result. */
export const { testReceiver } = proxyActivities<DeliveryActivities>({
  taskQueue: NOTIFY_TASK_QUEUE,
  scheduleToCloseTimeout: '20 seconds',
  retry: { maximumAttempts: 1 },
  summary: 'test the receiver of notifications',
});
