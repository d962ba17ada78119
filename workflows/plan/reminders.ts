import { remindable, repeatable } from '../state/remindable.ts';
import { waitingFor } from '../state/requirements.ts';
import type { Askable, Asked, Claim, Sender } from '../state/sender.ts';
import { withinHours } from './hours.ts';

const DAY = 86_400_000;
/** After an outage two reminders may be due: they still come days apart. */
const BETWEEN_REMINDERS_MS = DAY;
/** One who says that he has acted is believed for so long, though AR24 does not show it. */
export const CLAIM_HEEDED_MS = 2 * DAY;
/** What AR24 has no mail for that it could repeat: the partner is asked to remind the person. */
const LEFT_TO_PARTNER = ['registration', 'email', 'profile'] as const;
/** While AR24 has never answered that it mailed: after 1 h, 6 h and a day. */
const UNANSWERED_DAYS = [1 / 24, 6 / 24, 1];

export interface Reminder {
  readonly what: Askable | 'by-partner';
  readonly at: number;
}

/** The next mail that AR24 will be asked to repeat, or the partner to send; null when none is left. */
export function nextReminder(s: Sender, now: number): Reminder | null {
  const wanted = repeatable(s).find((what) => s.remindNow.includes(what));
  if (wanted) return { what: wanted, at: now };
  const due = [
    ...remindable(s).flatMap((what) => reminderOf(s, what, now)),
    ...reminderByPartner(s, now),
  ];
  return due.reduce<Reminder | null>((first, r) => (first && first.at <= r.at ? first : r), null);
}

/** Days after the first asking. Early repetitions use up none of the reminders. */
function dayOf(s: Sender, asked: Asked): number | undefined {
  if (!neverAnswered(asked)) return s.policy.reminderDays[asked.reminders];
  return [...UNANSWERED_DAYS, ...s.policy.reminderDays][asked.reminders];
}

/** The mail may not have gone out, so its repetition does not wait for days. */
function neverAnswered(asked: Asked): boolean {
  return asked.times > 0 && asked.answersLost === asked.times;
}

function reminderOf(s: Sender, what: Askable, now: number): readonly Reminder[] {
  const asked = s.asked[what];
  if (!asked || (what === 'access' && !s.policy.remindAttachment)) return [];
  const days = dayOf(s, asked);
  if (days === undefined) return [];
  const apart = asked.reminders === 0 || neverAnswered(asked) ? 0 : BETWEEN_REMINDERS_MS;
  const at = Math.max(asked.first + days * DAY, asked.last + apart, claimHeededUntil(s, what));
  // One that an outage held up waits for the next working hour like any other.
  return [{ what, at: withinHours(Math.max(at, now), s.policy.reminderHours) }];
}

/** Counted from when it came to be outstanding; trouble comes first. */
function reminderByPartner(s: Sender, now: number): readonly Reminder[] {
  const open = LEFT_TO_PARTNER.filter((what) => waitingFor(s).includes(what));
  if (s.policy.notify !== true || s.problem || open.length === 0) return [];
  const before = s.partnerReminded?.since === s.since ? s.partnerReminded : null;
  const days = s.policy.reminderDays[before?.times ?? 0];
  if (days === undefined) return [];
  const apart = before ? before.last + BETWEEN_REMINDERS_MS : 0;
  const said = open.map((what) => (what === 'email' ? heededUntil(s.claims.email) : 0));
  const at = Math.max(s.since + days * DAY, apart, Math.min(...said), now);
  return [{ what: 'by-partner', at: withinHours(at, s.policy.reminderHours) }];
}

function claimHeededUntil(s: Sender, what: Askable): number {
  const claim = what === 'access' ? s.claims.attachment : s.claims.terms;
  const isAboutThis = what === 'access' || what === 'terms';
  return isAboutThis ? heededUntil(claim) : 0;
}

function heededUntil(claim: Claim | undefined): number {
  return claim ? claim.at + CLAIM_HEEDED_MS : 0;
}
