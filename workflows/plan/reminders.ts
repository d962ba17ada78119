import { REMINDED_BY_PARTNER, type MailRequest } from '../contract/requirements.ts';
import {
  BETWEEN_REMINDERS_DAYS,
  dayOfReminder,
  remindable,
  repeatable,
} from '../state/remindable.ts';
import { notVisible, waitingFor } from '../state/requirements.ts';
import type { Claim, Sender } from '../state/sender.ts';
import { withinHours } from './hours.ts';

const DAY = 86_400_000;
/** For so long a claim holds up reminders, although AR24 does not show it. */
export const CLAIM_TRUSTED_MS = 2 * DAY;

export interface Reminder {
  readonly what: MailRequest | 'by-partner';
  readonly at: number;
}

/** The next reminder: a request that AR24 repeats, or a notification to the partner; null when none is left. */
export function nextReminder(s: Sender, now: number): Reminder | null {
  const wanted = repeatable(s).find((what) => s.remindNow.includes(what));
  if (wanted) return { what: wanted, at: now };
  const due = [
    ...remindable(s).flatMap((what) => reminderOf(s, what, now)),
    ...reminderByPartner(s, now),
  ];
  return due.reduce<Reminder | null>((first, r) => (first && first.at <= r.at ? first : r), null);
}

function reminderOf(s: Sender, what: MailRequest, now: number): readonly Reminder[] {
  const asked = s.requests[what];
  const due = dayOfReminder(s, what);
  if (!asked || !due) return [];
  const at = Math.max(
    asked.first + due.day * DAY,
    asked.last + due.apart * DAY,
    claimTrustedUntil(s, what),
  );
  // A reminder that an outage delayed waits for the next working hour like any other.
  return [{ what, at: withinHours(Math.max(at, now), s.policy.reminderHours) }];
}

/** Counted from when the requirement became outstanding; not sent while there is a problem. */
function reminderByPartner(s: Sender, now: number): readonly Reminder[] {
  const hidden: readonly string[] = notVisible(s);
  const open = REMINDED_BY_PARTNER.filter(
    (what) => waitingFor(s).includes(what) && !hidden.includes(what),
  );
  if (!s.policy.notify || s.problem || open.length === 0) return [];
  const { since, partnerReminders: before } = s.waiting;
  const days = s.policy.reminderDays[before?.times ?? 0];
  if (days === undefined) return [];
  const apart = before ? before.last + BETWEEN_REMINDERS_DAYS * DAY : 0;
  const said = open.map((what) => (what === 'email' ? trustedUntil(s.claims.email) : 0));
  const at = Math.max(since + days * DAY, apart, Math.min(...said), now);
  return [{ what: 'by-partner', at: withinHours(at, s.policy.reminderHours) }];
}

function claimTrustedUntil(s: Sender, what: MailRequest): number {
  const claim = what === 'access' ? s.claims.attachment : s.claims.terms;
  const isAboutThis = what === 'access' || what === 'terms';
  return isAboutThis ? trustedUntil(claim) : 0;
}

function trustedUntil(claim: Claim | undefined): number {
  return claim ? claim.at + CLAIM_TRUSTED_MS : 0;
}
