/** Which requests may be repeated, and until when they are. */
import { REPEATABLE, requestFor, type MailRequest } from '../contract/requirements.ts';
import { CALL_OF, isLeftToReminder, neverConfirmed } from './requests.ts';
import { notVisible, isSatisfied, waitingFor } from './requirements.ts';
import { isRefusalClaimed } from './claims.ts';
import type { CallKind, RequestRecord, Sender } from './sender.ts';

/** Days after the first request, while none was confirmed: the person may not have been asked at all. */
const UNCONFIRMED_DAYS = [1 / 24, 6 / 24, 1];
/** After the last day of the policy, while none was confirmed. */
const BETWEEN_UNCONFIRMED_DAYS = 7;
/** After an outage two reminders may be due: they are still sent days apart. */
export const BETWEEN_REMINDERS_DAYS = 1;

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

/** When the next reminder is due; undefined where none is left. */
export interface ReminderDay {
  /** Days after the first request. */
  readonly day: number;
  /** At least so many days after the last request: what became overdue in an outage is not sent in a burst. */
  readonly apart: number;
}

export function dayOfReminder(s: Sender, what: MailRequest): ReminderDay | undefined {
  const asked = s.requests[what];
  if (!asked) return undefined;
  if (mayBeUnasked(s, what, asked)) return dayOfUnconfirmed(s, asked);
  if (what === 'access' && !s.policy.remindAttachment) return undefined;
  const day = s.policy.reminderDays[asked.reminders];
  return day === undefined
    ? undefined
    : { day, apart: asked.reminders === 0 ? 0 : BETWEEN_REMINDERS_DAYS };
}

/** No request was confirmed, and the person does not say that they have accepted. */
function mayBeUnasked({ claims }: Sender, what: MailRequest, asked: RequestRecord): boolean {
  const claim = { access: claims.attachment, terms: claims.terms, payment: undefined }[what];
  return neverConfirmed(asked) && claim === undefined;
}

/** For as many days as the deadline has. The early repetitions use up none of the policy's reminders. */
function dayOfUnconfirmed(
  { policy }: Sender,
  { reminders }: RequestRecord,
): ReminderDay | undefined {
  const days = [...UNCONFIRMED_DAYS, ...policy.reminderDays];
  const dayAt = (index: number): number =>
    days[index] ?? (days.at(-1) ?? 0) + (index - days.length + 1) * BETWEEN_UNCONFIRMED_DAYS;
  const day = dayAt(reminders);
  if (day > policy.deadlineDays) return undefined;
  return { day, apart: reminders === 0 ? 0 : (day - dayAt(reminders - 1)) / 2 };
}

/** Repeated and still unconfirmed calls: a successful read does not end this problem. */
export function unconfirmedRequests(s: Sender): readonly CallKind[] {
  return remindable(s)
    .filter((what) => isLeftToReminder(s, what))
    .map((what) => CALL_OF[what]);
}
