/** All mails, and the letter, that the person has to find: those that wait, and those that are done. */
import {
  MAIL_AGAIN_MS,
  mailAgainFrom,
  mailsToRepeat,
  REPEATABLE,
  requestFor,
  type MailRequest,
} from '../../../workflows/contract/index.ts';
import type { WholeView } from '../../../client/index.ts';
import type { About, ExpectedMail, PageWords } from '../words/page-words.ts';
import { clock, moment } from './dates.ts';

export interface MailItem {
  readonly what: string;
  readonly where: string;
  readonly state: 'waiting' | 'done';
  /** Only if there are several. */
  readonly stateName: string | null;
}

/** Another mail: now, by a button, or later. */
export interface MailAgain {
  readonly label: string;
  /** Which of several mails it is about. */
  readonly about: string | null;
  /** Null: now. */
  readonly later: {
    readonly from: string;
    readonly text: string;
    readonly countdown: string;
  } | null;
}

export interface Mails {
  readonly title: string;
  readonly items: readonly MailItem[];
  /** Where to look, and what helps if a mail cannot be repeated. */
  readonly hints: readonly string[];
  readonly again: MailAgain | null;
  /** E-mails, which may be imitated; a letter is not. */
  readonly mayBeForged: 'yes' | 'no';
}

const EXPECTED: readonly ExpectedMail[] = ['attachment', 'email', 'terms', 'payment', 'identity'];

/** @param now ms since the epoch */
export function mailsOf(
  view: WholeView,
  about: About,
  words: PageWords,
  now: number,
): Mails | null {
  const waiting = EXPECTED.filter((mail) => isWaiting(view, mail));
  if (waiting.length === 0) return null;
  const isLetter = waiting.every((mail) => mail === 'identity');
  const shown = isLetter
    ? waiting
    : EXPECTED.filter((mail) => waiting.includes(mail) || isDone(view, mail));
  const items = shown.map((mail): MailItem => {
    const state = waiting.includes(mail) ? 'waiting' : 'done';
    return {
      ...{ what: words.mail[mail], where: whereabouts(view, mail, about, words), state },
      stateName: shown.length > 1 ? words.mailState[state] : null,
    };
  });
  return {
    title: isLetter ? words.letterTitle : words.mailTitle(shown.length),
    items,
    hints: [
      ...(isLetter ? [] : [words.junk]),
      ...(waiting.includes('email') ? [words.noRoute(about)] : []),
    ],
    again: againOf(view, words, { now, shown: shown.length }),
    mayBeForged: isLetter ? 'no' : 'yes',
  };
}

/** Outstanding and sent. AR24 sends the confirmation of the address by itself. */
function isWaiting(view: WholeView, mail: ExpectedMail): boolean {
  if (!view.waitingFor.includes(mail)) return false;
  if (mail === 'payment' && view.paymentLink !== null) return false;
  return mail === 'email' || sentAt(view, mail) !== null;
}

/** Sent in this onboarding, and not outstanding any more. Before the account is known, nothing is. */
function isDone(view: WholeView, mail: ExpectedMail): boolean {
  const { waitingFor, paymentLink } = view;
  if (waitingFor.includes('attachment') || waitingFor.includes(mail)) return false;
  if (mail === 'attachment' || (mail === 'payment' && paymentLink !== null)) return false;
  return sentAt(view, mail) !== null;
}

function whereabouts(view: WholeView, mail: ExpectedMail, about: About, words: PageWords): string {
  const at = sentAt(view, mail);
  const when = at === null ? null : moment(at, words.locale);
  return mail === 'identity' ? words.byPost(when) : words.mailTo(about.email, when);
}

/** ISO 8601; null if it is not known. With an account that we create, AR24 mails both of its mails at once. */
function sentAt({ requests }: WholeView, mail: ExpectedMail): string | null {
  const kind = kindOf(mail);
  const request = requests.find((one) => one.kind === (kind ?? 'terms'));
  if (request === undefined) return null;
  return kind === null && request.times > 0 ? null : request.at;
}

/** The confirmation of the address is no request of ours. */
function kindOf(mail: ExpectedMail) {
  return mail === 'email' ? null : requestFor(mail);
}

function againOf(
  view: WholeView,
  words: PageWords,
  { now, shown }: { readonly now: number; readonly shown: number },
): MailAgain | null {
  const kinds = againKinds(view);
  const from = mailAgainFrom(view);
  if (kinds.length === 0 || from === null) return null;
  const at = new Date(from).toISOString();
  return {
    label: words.again(kinds.length),
    about: shown > kinds.length ? kinds.map((kind) => words.mail[mailFor(kind)]).join(' · ') : null,
    later: isTooEarly(from, now)
      ? { from: at, text: words.againFrom(clock(at, words.locale)), countdown: words.againIn }
      : null,
  };
}

/** A payment link is on the page itself. */
export function againKinds(view: WholeView): readonly MailRequest[] {
  return mailsToRepeat(view).filter((kind) => kind !== 'payment' || view.paymentLink === null);
}

/** A mail from the future means that our clock is wrong. The workflow then decides, by Temporal's clock. */
export function isTooEarly(from: number, now: number): boolean {
  const aheadMs = from - now;
  return aheadMs > 0 && aheadMs <= MAIL_AGAIN_MS;
}

function mailFor(kind: MailRequest): ExpectedMail {
  return REPEATABLE.find((what) => requestFor(what) === kind) ?? 'terms';
}
