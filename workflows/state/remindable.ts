/** Which requests may be repeated, and until when they are. */
import { REPEATABLE, requestFor, type MailRequest } from '../contract/requirements.ts';
import { CALL_OF, isLeftToReminder } from './requests.ts';
import { notVisible, isSatisfied, waitingFor } from './requirements.ts';
import { isRefusalClaimed } from './claims.ts';
import type { CallKind, RequestRecord, Sender } from './sender.ts';

/** Days after the first request, while none was confirmed: the person may not have been asked at all. */
const UNCONFIRMED_DAYS = [1 / 24, 6 / 24, 1];
/** After the last day of the policy, while none was confirmed. */
const BETWEEN_UNCONFIRMED_DAYS = 7;

/**
 * Requests that may be repeated: made before, and their requirement is still outstanding. After a refusal access is not:
 * AR24 is read, and then the refusal counts.
 */
export function repeatable(s: Sender): readonly MailRequest[] {
  const waiting = waitingFor(s);
  // Terms whose acceptance rests on a claim are waited for, and satisfied.
  const open = REPEATABLE.filter(
    (one) => waiting.includes(one) && (one !== 'terms' || !isSatisfied(s, one)),
  );
  return open
    .map(requestFor)
    .filter((kind) => s.requests[kind] !== undefined)
    .filter((kind) => kind !== 'access' || !isRefusalClaimed(s));
}

/**
 * The same without those that reminders leave out: the partner shows a payment link itself, what AR24 does not show may
 * be done, and the policy's reminders end.
 */
export function remindable(s: Sender): readonly MailRequest[] {
  const hidden: readonly string[] = notVisible(s);
  return repeatable(s).filter(
    (what) =>
      !hidden.includes(what) &&
      (what !== 'payment' || s.paymentLink === null) &&
      dayOfReminder(s, what) !== undefined,
  );
}

/** The next reminder, in days after the first request; undefined where none is left. */
export function dayOfReminder({ requests, policy }: Sender, what: MailRequest): number | undefined {
  const asked = requests[what];
  if (!asked) return undefined;
  if (neverConfirmed(asked)) return dayOfUnconfirmed(asked, policy.reminderDays);
  if (what === 'access' && !policy.remindAttachment) return undefined;
  return policy.reminderDays[asked.reminders];
}

/** Without an end. The early repetitions use up none of the reminders. */
function dayOfUnconfirmed({ reminders }: RequestRecord, reminderDays: readonly number[]): number {
  const days = [...UNCONFIRMED_DAYS, ...reminderDays];
  const beyond = reminders - days.length + 1;
  return days[reminders] ?? (days.at(-1) ?? 0) + beyond * BETWEEN_UNCONFIRMED_DAYS;
}

/** No request was confirmed: the mail may not have been sent. */
export function neverConfirmed(asked: RequestRecord): boolean {
  return asked.times > 0 && asked.unconfirmed === asked.times;
}

/** Repeated and still unconfirmed calls: a successful read does not end this problem. */
export function unconfirmedRequests(s: Sender): readonly CallKind[] {
  return remindable(s)
    .filter((what) => isLeftToReminder(s, what))
    .map((what) => CALL_OF[what]);
}
