import type { AskResult } from '../contract/index.ts';
import type { Askable, Call, Sender } from './sender.ts';

/** By which call each is asked for. */
export const CALL_OF = {
  access: 'request-access',
  terms: 'request-terms',
  payment: 'request-payment',
  identity: 'order-identity',
} as const satisfies Readonly<Record<Askable, Call>>;

type Sent = Extract<AskResult['asked'], { kind: 'taken' | 'unanswered' }>;

/**
 * Notes that AR24 was asked. After the first time it counts as a reminder, unless it only repeats
 * what was not answered.
 */
export function withAsked(s: Sender, what: Askable, sent: Sent, at: number): Sender {
  const calls = sent.answersLost + (sent.kind === 'taken' ? 1 : 0);
  const earlier = s.asked[what];
  return {
    ...s,
    remindNow: s.remindNow.filter((other) => other !== what),
    asked: {
      ...s.asked,
      [what]: {
        first: earlier?.first ?? at,
        last: at,
        times: (earlier?.times ?? 0) + calls,
        reminders: earlier ? earlier.reminders + (isToRepeat(s, what) ? 0 : 1) : 0,
        answersLost: (earlier?.answersLost ?? 0) + sent.answersLost,
        unanswered: sent.kind === 'taken' ? 0 : (earlier?.unanswered ?? 0) + sent.answersLost,
      },
    },
  };
}

/** AR24 mails by itself on creation: nothing was called, and the reminders count from now. */
export function withMailedByItself(s: Sender, what: Askable, at: number): Sender {
  const asked = { first: at, last: at, times: 0, reminders: 0, answersLost: 0, unanswered: 0 };
  return { ...s, asked: { ...s.asked, [what]: asked } };
}

/** Repeated, and still not answered: left to the reminder. */
export function isLeft(s: Sender, what: Askable): boolean {
  return (s.asked[what]?.unanswered ?? 0) > 1;
}

/** AR24 took an asking for access, or may have, of somebody who has an account. */
export function holderWasAsked({ access, how }: Sender): boolean {
  return access === 'asked' || access === 'refused' || how === 'attached';
}

/** Sent once and never answered. The identity is left out: it is paid for. */
export function isToRepeat(s: Sender, what: Askable): boolean {
  return what !== 'identity' && s.asked[what]?.unanswered === 1;
}
