/** The activities that tell the partner, as workflows call them. */
import { proxyActivities } from '@temporalio/workflow';
import type { DeliveryActivities, TellingActivities } from '../../activities/notify/index.ts';
import { NOTIFY_TASK_QUEUE } from '../contract/names.ts';
import { DELIVERY_PATIENCE, DELIVERY_RETRY, TELL_RETRY } from '../retry.ts';

/** Hands a notification over to the workflow that delivers it. It only talks to Temporal. */
export const { tellPartner } = proxyActivities<TellingActivities>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: DELIVERY_PATIENCE,
  retry: TELL_RETRY,
  summary: 'tell the partner',
});

/** Resolves once the receiver has answered for good. Rejects when patience is over. */
export const { deliverNotification } = proxyActivities<DeliveryActivities>({
  taskQueue: NOTIFY_TASK_QUEUE,
  // A try ends by itself after 15 s: this only finds out that its worker has died.
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: DELIVERY_PATIENCE,
  retry: DELIVERY_RETRY,
  // The one before has ended when the next begins: the receiver is never told two things at once.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});
