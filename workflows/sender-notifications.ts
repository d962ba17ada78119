/**
 * Delivers one sender's notifications to the partner, also after the onboarding has ended. Only the newest counts: it
 * replaces the one that is being retried.
 */
import { ActivityFailure } from '@temporalio/common';
import {
  CancellationScope,
  condition,
  isCancellation,
  log,
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import {
  notifySignal,
  redeliverSignal,
  type Delivery,
  type Notification,
  type NotificationsOutcome,
} from './contract/index.ts';
import { deliverNotification } from './notify/calls.ts';
import {
  EMPTY_OUTBOX,
  isNotification,
  isWaiting,
  nextOf,
  put,
  putAgain,
  without,
  type Outbox,
} from './notify/outbox.ts';
import { observeNotification } from './show/metrics.ts';
import { refuseUnreadable } from './unreadable.ts';
import { isNewerVersionThere, versionOfNextRun } from './version.ts';

/** Changes come in bursts: one run delivers them all, and knows what it has delivered already. */
const IDLE = '1 minute';
/** An attempt ends within this time; then the attempts of a replaced notification are cancelled. */
const TRY_ENDS_WITHIN = '20 seconds';

interface CarriedOver {
  readonly outbox: Outbox;
  readonly delivered: number;
  readonly givenUp: number;
}

type Fate = Delivery['kind'] | 'given-up' | 'overtaken';

export async function senderNotifications(before?: CarriedOver): Promise<NotificationsOutcome> {
  refuseUnreadable(before);
  let { outbox, delivered, givenUp } = before ?? { outbox: EMPTY_OUTBOX, delivered: 0, givenUp: 0 };

  setHandler(notifySignal, (message) => {
    // Signals may have any shape, since people send them by hand.
    if (isNotification(message)) outbox = put(outbox, message);
  });
  setHandler(redeliverSignal, (message) => {
    if (isNotification(message)) outbox = putAgain(outbox, message);
  });

  for (;;) {
    const { continueAsNewSuggested, typedSearchAttributes } = workflowInfo();
    if (continueAsNewSuggested || isNewerVersionThere()) {
      const next = makeContinueAsNewFunc<typeof senderNotifications>({
        typedSearchAttributes,
        ...versionOfNextRun(),
      });
      return next({ outbox, delivered, givenUp });
    }
    const next = nextOf(outbox);
    if (next === null) {
      setCurrentDetails(`delivered: ${delivered}, given up: ${givenUp}`);
      if (await condition(() => nextOf(outbox) !== null, IDLE)) continue;
      return { kind: givenUp > 0 ? 'failed-to-deliver' : 'delivered', delivered, givenUp };
    }
    setCurrentDetails(`to be delivered: ${next.type} ${next.sequence}, ${next.view.status}`);
    const fate = await send(next);
    observeNotification(fate, Date.now() - Date.parse(next.at));
    if (fate === 'gone') return { kind: 'gone', delivered, givenUp };
    if (fate === 'delivered') delivered++;
    if (fate === 'given-up') givenUp++;
    outbox = without(outbox, next);
  }

  async function send(what: Notification): Promise<Fate> {
    const tries = new CancellationScope({ cancellable: true });
    const overtaking = new CancellationScope({ cancellable: true });
    // A healthy server accepts it in a moment, and so receives each change.
    const overtaken = overtaking.run(async () => {
      await condition(() => !isWaiting(outbox, what));
      await sleep(TRY_ENDS_WITHIN, { summary: 'let the present attempt end' });
      tries.cancel();
    });
    overtaken.catch(ignoreCancellation);
    try {
      const summary = `notify: ${what.view.status}`;
      const { kind } = await tries.run(() =>
        deliverNotification.executeWithOptions({ summary }, [what]),
      );
      return kind;
    } catch (error) {
      // The whole workflow was cancelled, by hand.
      if (CancellationScope.current().consideredCancelled) throw error;
      if (tries.consideredCancelled) return 'overtaken';
      if (!(error instanceof ActivityFailure)) throw error;
      log.warn('a notification was given up', { type: what.type, sequence: what.sequence });
      return 'given-up';
    } finally {
      overtaking.cancel();
    }
  }
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
