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
  isCancellation,
  log,
  metricMeter,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import {
  notifySignal,
  type Delivery,
  type Notification,
  type NotificationsOutcome,
} from './contract/index.ts';
import { keepKeysOf, publishKeys } from './key-ids.ts';
import { deliverNotification } from './notify/calls.ts';
import { EMPTY_OUTBOX, isWaiting, nextOf, put, without, type Outbox } from './notify/outbox.ts';
import { isNotification } from './notify/shape.ts';
import { refuseUnreadable } from './unreadable.ts';

/** Changes come in bursts: one run takes them all, and knows what it has delivered already. */
const IDLE = '1 minute';
/** A try ends within this time; then the tries of what was overtaken are broken off. */
const TRY_ENDS_WITHIN = '20 seconds';

interface CarriedOver {
  readonly outbox: Outbox;
  readonly delivered: number;
  readonly givenUp: number;
}

type Fate = Delivery | 'given-up' | 'overtaken';

export async function senderNotifications(before?: CarriedOver): Promise<NotificationsOutcome> {
  keepKeysOf(before ? [before] : []);
  refuseUnreadable(before);
  let { outbox, delivered, givenUp } = before ?? { outbox: EMPTY_OUTBOX, delivered: 0, givenUp: 0 };

  setHandler(notifySignal, (...args) => {
    keepKeysOf(args);
    const [message] = args;
    // Signals come in any shape: people send them by hand.
    if (isNotification(message)) outbox = put(outbox, message);
  });

  for (;;) {
    publishKeys();
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
    const tries = new CancellationScope({ cancellable: true });
    const overtaking = new CancellationScope({ cancellable: true });
    // A receiver that is well takes it in a moment, and so hears of each change.
    const overtaken = overtaking.run(async () => {
      await condition(() => !isWaiting(outbox, what));
      await sleep(TRY_ENDS_WITHIN, { summary: 'let the present try end' });
      tries.cancel();
    });
    overtaken.catch(ignoreCancellation);
    try {
      const summary = `tell: ${what.view.status}`;
      return await tries.run(() => deliverNotification.executeWithOptions({ summary }, [what]));
    } catch (error) {
      // The whole workflow was cancelled, by hand.
      if (CancellationScope.current().consideredCancelled) throw error;
      if (tries.consideredCancelled) return 'overtaken';
      if (!(error instanceof ActivityFailure)) throw error;
      log.warn('a notification was given up', { type: what.type, sequence: what.sequence });
      metricMeter.createCounter('onboarding_notifications_given_up').add(1);
      return 'given-up';
    } finally {
      overtaking.cancel();
    }
  }
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
