/** The notifications of one reference that are still to be delivered. Pure. */
import {
  NOTIFICATION_TYPES,
  type Notification,
  type NotificationType,
} from '../contract/notification.ts';

export interface Outbox {
  /** The newest of each type that is not delivered yet. */
  readonly waiting: Readonly<Partial<Record<NotificationType, Notification>>>;
  /** To be delivered once more, because somebody asked for it. */
  readonly again: readonly Notification[];
  /** The highest sequence number of each type so far, delivered or not. */
  readonly seen: Readonly<Partial<Record<NotificationType, number>>>;
}

/** More of one reference at once help nobody. */
const MOST_AGAIN = 50;

export const EMPTY_OUTBOX: Outbox = { waiting: {}, again: [], seen: {} };

/** Adds a notification, which replaces those that it makes obsolete. One that comes late is ignored. */
export function put(outbox: Outbox, notification: Notification): Outbox {
  const { type, sequence } = notification;
  const latest = Math.max(0, ...orderedBefore(type).map((other) => outbox.seen[other] ?? 0));
  if (sequence <= latest) return outbox;
  const seen = { ...outbox.seen, [type]: sequence };
  const isKept = (one: Notification) => one.sequence > sequence || !isObsolete(one, notification);
  const kept = Object.values(outbox.waiting).filter(isKept);
  return {
    waiting: byType([...kept, notification]),
    again: outbox.again.filter(isKept),
    seen,
  };
}

/**
 * Adds one that is to be delivered once more. If it is being delivered already, its attempts begin again. Ignored
 * while there are fifty of them.
 */
export function putAgain(outbox: Outbox, notification: Notification): Outbox {
  const others = outbox.again.filter((one) => !isSame(one, notification));
  if (others.length >= MOST_AGAIN) return outbox;
  const waiting = Object.values(outbox.waiting).filter((one) => !isSame(one, notification));
  return { ...outbox, waiting: byType(waiting), again: [...others, notification] };
}

/** The next to be delivered: the oldest, so that the partner receives changes in their order. */
export function nextOf({ waiting, again }: Outbox): Notification | null {
  return [...again, ...Object.values(waiting)].reduce<Notification | null>(
    (first, one) => (first && first.sequence < one.sequence ? first : one),
    null,
  );
}

/** Whether this notification is still to be delivered. Not one that was put again since: its attempts begin again. */
export function isWaiting({ waiting, again }: Outbox, notification: Notification): boolean {
  return waiting[notification.type] === notification || again.includes(notification);
}

/** The outbox without one that was delivered, or given up. */
export function without(outbox: Outbox, notification: Notification): Outbox {
  const isOther = (one: Notification) => one !== notification;
  return {
    ...outbox,
    waiting: byType(Object.values(outbox.waiting).filter(isOther)),
    again: outbox.again.filter(isOther),
  };
}

function isSame(one: Notification, other: Notification): boolean {
  return one.type === other.type && one.sequence === other.sequence;
}

/** A newer one of these types makes a late one obsolete: receivers ignore older sequence numbers. */
function orderedBefore(type: NotificationType): readonly NotificationType[] {
  return type === 'onboarding.updated' ? ['onboarding.updated'] : NOTIFICATION_TYPES;
}

/** Whether a newer one makes it obsolete. A reminder is obsolete only if the person has acted since. */
function isObsolete(one: Notification, { type, view }: Notification): boolean {
  if (one.type === type) return true;
  return one.type === 'onboarding.reminder' && one.view.since !== view.since;
}

function byType(notifications: readonly Notification[]): Outbox['waiting'] {
  return Object.fromEntries(notifications.map((one) => [one.type, one]));
}

/** Checks only what the outbox relies on: people may send the signal by hand. */
export function isNotification(message: unknown): message is Notification {
  if (typeof message !== 'object' || message === null) return false;
  const { type, sequence, at, view } = message as Readonly<Record<keyof Notification, unknown>>;
  return (
    NOTIFICATION_TYPES.some((known) => known === type) &&
    Number.isSafeInteger(sequence) &&
    typeof at === 'string' &&
    typeof view === 'object' &&
    view !== null
  );
}
