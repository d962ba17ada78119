import type { MailRequest, RequestKind, RequestResult } from '../contract/index.ts';
import type { CallKind, RequestRecord, Sender } from './sender.ts';

/** The call that makes each request. */
export const CALL_OF = {
  access: 'request-access',
  terms: 'request-terms',
  payment: 'request-payment',
  identity: 'order-identity',
} as const satisfies Readonly<Record<RequestKind, CallKind>>;

type Sent = Extract<RequestResult['answer'], { kind: 'sent' | 'unconfirmed' }>;

/**
 * Records a request that was sent. After the first it counts as a reminder, unless it only repeats an unconfirmed
 * one.
 */
export function withRequest(s: Sender, what: MailRequest, sent: Sent, at: number): Sender {
  const isConfirmed = sent.kind === 'sent';
  const earlier = s.requests[what];
  const isFirstConfirmed = isConfirmed && earlier !== undefined && neverConfirmed(earlier);
  const record: RequestRecord = {
    first: earlier?.first ?? at,
    last: at,
    times: (earlier?.times ?? 0) + 1,
    isAutomatic: earlier?.isAutomatic,
    reminders: earlier ? earlier.reminders + (isToRepeat(s, what) ? 0 : 1) : 0,
    unconfirmed: (earlier?.unconfirmed ?? 0) + (isConfirmed ? 0 : 1),
    unconfirmedInARow: isConfirmed ? 0 : (earlier?.unconfirmedInARow ?? 0) + 1,
    // The reminders begin with the first mail that was certainly sent.
    ...(isFirstConfirmed && { first: at, reminders: 0 }),
  };
  const remindNow = s.remindNow.filter((other) => other !== what);
  return { ...s, remindNow, requests: { ...s.requests, [what]: record } };
}

/** AR24 mails by itself after a creation: reminders count from now. */
export function withAutomaticMail(s: Sender, what: MailRequest, at: number): Sender {
  const record = {
    first: at,
    last: at,
    times: 0,
    isAutomatic: true,
    reminders: 0,
    unconfirmed: 0,
    unconfirmedInARow: 0,
  } as const;
  return { ...s, requests: { ...s.requests, [what]: record } };
}

/** Repeated, and still unconfirmed: the next repetition is the reminder. */
export function isLeftToReminder(s: Sender, what: MailRequest): boolean {
  return (s.requests[what]?.unconfirmedInARow ?? 0) > 1;
}

/** No request was confirmed: no mail may have been sent. */
export function neverConfirmed({ times, unconfirmed, isAutomatic }: RequestRecord): boolean {
  return times > 0 && unconfirmed === times && isAutomatic === undefined;
}

/** Sent once, and unconfirmed. */
export function isToRepeat(s: Sender, what: MailRequest): boolean {
  return s.requests[what]?.unconfirmedInARow === 1;
}
