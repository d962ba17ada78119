/**
 * Tells the partner about one sender: delivers what the onboarding hands over, for as long as it takes
 * and also after the onboarding has ended. Only the newest counts; a newer one takes the place of the
 * one that is being tried.
 */
import { ActivityFailure } from '@temporalio/common';
import {
  CancellationScope,
  condition,
  continueAsNew,
  log,
  metricMeter,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  notifySignal,
  type Delivery,
  type Notification,
  type NotificationsOutcome,
} from './contract/index.ts';
import { deliverNotification } from './notify/calls.ts';
import { EMPTY_OUTBOX, isWaiting, nextOf, put, without, type Outbox } from './notify/outbox.ts';
import { isNotification } from './notify/shape.ts';

/** Changes come in bursts: one run takes them all, and knows what it has delivered already. */
const IDLE = '1 minute';

interface CarriedOver {
  readonly outbox: Outbox;
  readonly delivered: number;
  readonly givenUp: number;
}

type Fate = Delivery | 'given-up' | 'overtaken';

export async function senderNotifications(before?: CarriedOver): Promise<NotificationsOutcome> {
  let { outbox, delivered, givenUp } = before ?? { outbox: EMPTY_OUTBOX, delivered: 0, givenUp: 0 };
  let sending: { readonly what: Notification; readonly scope: CancellationScope } | null = null;

  setHandler(notifySignal, (message) => {
    // Signals come in any shape: people send them by hand.
    if (!isNotification(message)) return;
    outbox = put(outbox, message);
    if (sending && !isWaiting(outbox, sending.what)) sending.scope.cancel();
  });

  for (;;) {
    if (workflowInfo().continueAsNewSuggested) {
      return continueAsNew<typeof senderNotifications>({ outbox, delivered, givenUp });
    }
    const next = nextOf(outbox);
    if (next === null) {
      setCurrentDetails(`delivered: ${delivered}, given up: ${givenUp}`);
      if (await condition(() => nextOf(outbox) !== null, IDLE)) continue;
      return { kind: givenUp > 0 ? 'failed-to-deliver' : 'delivered', delivered, givenUp };
    }
    setCurrentDetails(`to be delivered: ${next.type} ${next.sequence}, ${next.view.status}`);
    const fate = await send(next);
    if (fate === 'gone') return { kind: 'gone', delivered, givenUp };
    if (fate === 'delivered') delivered++;
    if (fate === 'given-up') givenUp++;
    outbox = without(outbox, next);
  }

  async function send(what: Notification): Promise<Fate> {
    const scope = new CancellationScope({ cancellable: true });
    sending = { what, scope };
    const summary = `tell: ${what.view.status}`;
    try {
      return await scope.run(() => deliverNotification.executeWithOptions({ summary }, [what]));
    } catch (error) {
      // The whole workflow was cancelled, by hand.
      if (CancellationScope.current().consideredCancelled) throw error;
      if (scope.consideredCancelled) return 'overtaken';
      if (!(error instanceof ActivityFailure)) throw error;
      log.error('a notification was given up', { type: what.type, sequence: what.sequence });
      metricMeter.createCounter('onboarding_notifications_given_up').add(1);
      return 'given-up';
    } finally {
      sending = null;
    }
  }
}
