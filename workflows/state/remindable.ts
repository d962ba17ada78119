import { REPEATABLE, requestFor, type MailRequest } from '../contract/requirements.ts';
import { CALL_OF, isLeftToReminder } from './requests.ts';
import { notVisible, isSatisfied, waitingFor } from './requirements.ts';
import type { CallKind, Sender } from './sender.ts';

/** Requests that may be repeated: made before, and their requirement is still outstanding. */
export function repeatable(s: Sender): readonly MailRequest[] {
  const waiting = waitingFor(s);
  // Terms whose acceptance rests on a claim are waited for, and satisfied.
  const open = REPEATABLE.filter(
    (one) => waiting.includes(one) && (one !== 'terms' || !isSatisfied(s, one)),
  );
  return open.map(requestFor).filter((kind) => s.requests[kind] !== undefined);
}

/**
 * The same without those that reminders leave out: the partner shows a payment link itself, and what AR24 does not
 * show may be done.
 */
export function remindable(s: Sender): readonly MailRequest[] {
  const hidden: readonly string[] = notVisible(s);
  return repeatable(s).filter(
    (what) => !hidden.includes(what) && (what !== 'payment' || s.paymentLink === null),
  );
}

/** Repeated and still unconfirmed calls: a successful read does not end this problem. */
export function unconfirmedRequests(s: Sender): readonly CallKind[] {
  return remindable(s)
    .filter((what) => isLeftToReminder(s, what))
    .map((what) => CALL_OF[what]);
}
