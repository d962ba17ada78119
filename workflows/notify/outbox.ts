/** What is still to be delivered of one reference's notifications. Pure. */
import {
  NOTIFICATION_TYPES,
  type Notification,
  type NotificationType,
} from '../contract/notification.ts';

export interface Outbox {
  /** The newest of each type that the receiver does not have yet. */
  readonly waiting: Readonly<Partial<Record<NotificationType, Notification>>>;
  /** The highest sequence number of each type that ever came, delivered or not. */
  readonly seen: Readonly<Partial<Record<NotificationType, number>>>;
}

export const EMPTY_OUTBOX: Outbox = { waiting: {}, seen: {} };

/** The outbox with one more: it takes the place of what it overtakes. What comes late is left out. */
export function put(outbox: Outbox, notification: Notification): Outbox {
  const { type, sequence } = notification;
  const latest = Math.max(0, ...toldBefore(type).map((other) => outbox.seen[other] ?? 0));
  if (sequence <= latest) return outbox;
  const seen = { ...outbox.seen, [type]: sequence };
  const kept = Object.values(outbox.waiting).filter(
    (one) => one.sequence > sequence || !isVoid(one, notification),
  );
  return { waiting: byType([...kept, notification]), seen };
}

/** The one to be delivered first: the oldest, so that the receiver hears of things in their order. */
export function nextOf({ waiting }: Outbox): Notification | null {
  return Object.values(waiting).reduce<Notification | null>(
    (first, one) => (first && first.sequence < one.sequence ? first : one),
    null,
  );
}

/** Whether this very one is still to be delivered. */
export function isWaiting({ waiting }: Outbox, { type, sequence }: Notification): boolean {
  return waiting[type]?.sequence === sequence;
}

/** The outbox without one that was delivered, or given up. */
export function without(outbox: Outbox, notification: Notification): Outbox {
  if (!isWaiting(outbox, notification)) return outbox;
  const { [notification.type]: _done, ...waiting } = outbox.waiting;
  return { ...outbox, waiting };
}

/** What is newer of these leaves no place for one that comes late: receivers drop what is older. */
function toldBefore(type: NotificationType): readonly NotificationType[] {
  return type === 'onboarding.updated' ? ['onboarding.updated'] : NOTIFICATION_TYPES;
}

/** By a newer one. Who has acted since is not to be reminded; any other news is no reason not to. */
function isVoid(one: Notification, { type, view }: Notification): boolean {
  if (one.type === type) return true;
  return one.type === 'onboarding.reminder' && one.view.since !== view.since;
}

function byType(notifications: readonly Notification[]): Outbox['waiting'] {
  return Object.fromEntries(notifications.map((one) => [one.type, one]));
}
