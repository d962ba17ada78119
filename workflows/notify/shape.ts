import { NOTIFICATION_TYPES, type Notification } from '../contract/notification.ts';

/** What the outbox relies on: the rest is the sender's to know. */
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
