/** What tells the partner: handing a notification over, and delivering it. */
import { Context } from '@temporalio/activity';
import type { Notification } from '../../workflows/contract/index.ts';
import { tellPartner } from '../tell-partner.ts';
import { createReceiver, type ReceiverSettings } from './receiver.ts';
import { deliver } from './deliver.ts';

export function createTellingActivities() {
  return { tellPartner };
}

/**
 * @param settings undefined where this worker was told of no receiver: what is to be delivered waits
 *   for one that was
 * @throws TypeError on settings that make no sense; it holds no value
 */
export function createDeliveryActivities(settings: ReceiverSettings | undefined) {
  const receiver = settings && createReceiver(settings);
  return {
    deliverNotification: (what: Notification) =>
      deliver(receiver, what, Context.current().cancellationSignal),
  };
}

export type TellingActivities = ReturnType<typeof createTellingActivities>;
export type DeliveryActivities = ReturnType<typeof createDeliveryActivities>;
export type { ReceiverSettings } from './receiver.ts';
