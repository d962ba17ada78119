/** The state of an onboarding as the sender sees it, without internal details. */
import type { OnboardingView, Requirement, WholeView } from '../../../client/index.ts';
import type { PartnerLook } from '../options.ts';
import type { PageReader } from '../reader.ts';
import type { About, ExpectedMail, PageWords } from '../words/page-words.ts';
import { stepsOf } from './steps.ts';

export interface Journey {
  readonly title: string;
  readonly text: readonly string[];
  readonly tone: 'plain' | 'good' | 'ended';
  /** Why the onboarding is delayed. */
  readonly held: string | null;
  readonly mail: { readonly what: string; readonly where: string; readonly hint: string } | null;
  readonly paymentLink: string | null;
  readonly mayBeDone: 'yes' | 'no';
  readonly mayBeMailed: 'yes' | 'no';
  readonly wantsForm: 'yes' | 'no';
  readonly times: readonly string[];
  readonly steps: readonly {
    readonly state: string;
    readonly stateName: string;
    readonly label: string;
  }[];
}

/** Requirements that AR24 requests by mail, with the kind of the request. */
const MAILED = { attachment: 'access', terms: 'terms', payment: 'payment' } as const;
/** Requirements that the person satisfies elsewhere, so the page needs a button for them. */
const ELSEWHERE = ['attachment', 'email', 'terms', 'profile', 'payment', 'identity'] as const;

export function journeyOf(given: WholeView, { words }: PageReader, partner: PartnerLook): Journey {
  const view = forThePerson(given);
  const about = { partner: partner.name, email: view.maskedEmail };
  const { title, text } = statusWords(view, words);
  const wantsForm = view.status === 'awaiting-registration' && !isAddressRefused(view);
  return {
    title: title(about),
    text: [...text(about), ...readyText(view, words)],
    tone: toneOf(view),
    held: heldBy(view, words),
    mail: mailOf(view, about, words),
    paymentLink: view.status === 'awaiting-payment' ? linkToPay(view.paymentLink) : null,
    mayBeDone: ELSEWHERE.some((what) => view.waitingFor[0] === what) ? 'yes' : 'no',
    mayBeMailed: isMailable(view) ? 'yes' : 'no',
    wantsForm: wantsForm ? 'yes' : 'no',
    times: timesOf(view, words),
    steps: stepsOf(view).map(({ name, state }) => ({
      state,
      stateName: words.stepState[state],
      label: words.step[name],
    })),
  };
}

/**
 * If AR24 does not show a requirement, an operator decides. The person is still shown what to do, as their claim helps
 * the operator, except if AR24 never sent the mail for it.
 */
function forThePerson(view: WholeView): WholeView {
  const { question, status, notVisible } = view;
  const [first] = notVisible;
  if (question !== 'not-visible' || status !== 'awaiting-operator' || first === undefined)
    return view;
  const isNotRequested = isByMail(first) && requestFor(view, first) === undefined;
  if (isNotRequested) return view;
  const waitingFor = view.waitingFor.filter((one) => one !== 'operator');
  return { ...view, status: `awaiting-${first}`, waitingFor };
}

function isByMail(what: Requirement): what is keyof typeof MAILED {
  return Object.hasOwn(MAILED, what);
}

export function isAddressRefused({ fieldErrors }: Pick<OnboardingView, 'fieldErrors'>): boolean {
  return fieldErrors.some(({ field }) => field === 'email');
}

function statusWords(view: WholeView, words: PageWords) {
  const { status } = view;
  const isAddress = status === 'awaiting-registration' && isAddressRefused(view);
  return isAddress ? words.addressRefused : words.status[status];
}

function readyText({ outcome }: WholeView, words: PageWords): readonly string[] {
  if (outcome?.kind !== 'ready') return [];
  return [words.ready[outcome.how], ...outcome.missing.map((what) => words.missing[what])];
}

function toneOf({ status, outcome }: WholeView): Journey['tone'] {
  if (status === 'ready') return 'good';
  return outcome === null ? 'plain' : 'ended';
}

function heldBy({ problem, claims }: WholeView, words: PageWords): string | null {
  if (problem !== null) return words.problem[problem.kind];
  return claims.some(({ contradicted }) => contradicted) ? words.contradicted : null;
}

function mailOf(view: WholeView, { email }: About, words: PageWords): Journey['mail'] {
  const what = mailWaitedFor(view);
  if (what === undefined) return null;
  if (what === 'identity') {
    return { what: words.mail.identity, where: words.byPost, hint: '' };
  }
  const request = what === 'email' ? undefined : requestFor(view, what);
  const when = request === undefined ? null : moment(request.at, words.locale);
  return { what: words.mail[what], where: words.mailTo(email, when), hint: words.junk };
}

function mailWaitedFor({ waitingFor: [first], paymentLink }: WholeView): ExpectedMail | undefined {
  switch (first) {
    case 'attachment':
    case 'email':
    case 'terms':
    case 'identity':
      return first;
    case 'payment':
      return paymentLink === null ? first : undefined;
    default:
      return undefined;
  }
}

function requestFor({ requests }: Pick<OnboardingView, 'requests'>, what: keyof typeof MAILED) {
  return requests.find((one) => one.kind === MAILED[what]);
}

/** Whether the workflow accepts a reminder: for an outstanding requirement that AR24 requested by mail. */
function isMailable(view: WholeView): boolean {
  const [first] = view.waitingFor;
  if (first === 'payment' && view.paymentLink !== null) return false;
  return (
    (first === 'attachment' || first === 'terms' || first === 'payment') &&
    requestFor(view, first) !== undefined
  );
}

function timesOf(view: WholeView, { locale, ...words }: PageWords): readonly string[] {
  const { deadline } = view;
  // Other reminders are notifications to the partner.
  const nextReminder = isMailable(view) ? view.nextReminder : null;
  return [
    ...(deadline === null ? [] : [words.deadline(day(deadline, locale))]),
    ...(nextReminder === null ? [] : [words.reminder(day(nextReminder, locale))]),
  ];
}

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** AR24's payment link, if a browser may follow it: by https, or to this machine. */
export function linkToPay(link: string | null): string | null {
  const url = URL.parse(link ?? '');
  if (url === null) return null;
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  return isSafe ? url.href : null;
}

/** The time zone of AR24 and its senders. */
const timeZone = 'Europe/Paris';

export function day(iso: string, locale: string): string {
  return formatted(iso, locale, { dateStyle: 'long', timeZone });
}

export function moment(iso: string, locale: string): string {
  return formatted(iso, locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
}

/** French writes the first day of a month as `1er`, which Intl does not. */
function formatted(iso: string, locale: string, format: Intl.DateTimeFormatOptions): string {
  const text = new Intl.DateTimeFormat(locale, format).format(new Date(iso));
  return locale.startsWith('fr') ? text.replace(/^1(?=\s)/, '1er') : text;
}
