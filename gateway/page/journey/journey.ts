/** The state of an onboarding as the sender sees it, without internal details. */
import type { OnboardingView, Requirement, WholeView } from '../../../client/index.ts';
import { requestFor, REPEATABLE } from '../../../workflows/contract/index.ts';
import { isSafeForBrowsers } from '../../../client/schemas/return-url.ts';
import type { PartnerLook } from '../options.ts';
import type { PageReader } from '../reader.ts';
import type { PageWords } from '../words/page-words.ts';
import { day } from './dates.ts';
import { mailsOf, type Mails } from './mails.ts';
import { stepsOf } from './steps.ts';

export interface Journey {
  readonly title: string;
  readonly text: readonly string[];
  readonly tone: 'plain' | 'good' | 'ended';
  /** Why the onboarding is delayed. */
  readonly held: string | null;
  readonly mails: Mails | null;
  /** Who corrects the address, while it matters. */
  readonly wrongAddress: string | null;
  readonly paymentLink: string | null;
  readonly mayBeDone: 'yes' | 'no';
  /** The holder of an account may refuse the partner. */
  readonly mayRefuse: 'yes' | 'no';
  readonly wantsForm: 'yes' | 'no';
  /** Whether only the partner can help now. */
  readonly wantsContact: 'yes' | 'no';
  readonly times: readonly string[];
  readonly steps: readonly {
    readonly state: string;
    readonly stateName: string;
    readonly label: string;
  }[];
}

/** Requirements that the person satisfies elsewhere, so the page needs a button for them. */
const ELSEWHERE = ['attachment', 'email', 'terms', 'profile', 'payment', 'identity'] as const;

/** @param now ms since the epoch */
export function journeyOf(
  given: WholeView,
  { words }: PageReader,
  partner: PartnerLook,
  now: number,
): Journey {
  const view = forThePerson(given);
  const about = { partner: partner.name, email: view.maskedEmail };
  const { title, text } = statusWords(view, words);
  const mails = isTheirTurn(view) ? mailsOf(view, about, words, now) : null;
  const isDoneElsewhere = ELSEWHERE.some((what) => view.waitingFor[0] === what);
  return {
    title: title(about),
    text: [...text(about), ...readyText(view, words)],
    tone: toneOf(view),
    held: heldBy(view, words),
    mails,
    wrongAddress: asksPartner(view, mails) ? words.wrongAddress(about) : null,
    paymentLink: view.status === 'awaiting-payment' ? linkToPay(view.paymentLink) : null,
    mayBeDone: isDoneElsewhere && isTheirTurn(view) ? 'yes' : 'no',
    mayRefuse: mayRefuse(given) ? 'yes' : 'no',
    wantsForm: wantsForm(view) ? 'yes' : 'no',
    wantsContact: view.outcome !== null || isAddressRefused(view) ? 'yes' : 'no',
    times: timesOf(view, words, mails),
    steps: stepsOf(view).map(({ name, state }) => ({
      state,
      stateName: words.stepState[state],
      label: words.step[name][state === 'done' ? 'done' : 'todo'],
    })),
  };
}

/** Whether the page has the registration form. */
export function wantsForm(view: WholeView): boolean {
  return view.status === 'awaiting-registration' && !isAddressRefused(view);
}

/** Whether the page has a form for the address. The partner answers for an address that somebody vouched for. */
export function mayCorrectAddress(view: WholeView): boolean {
  return !isAddressSettled(view) && !view.emailVerified;
}

/** There is an account for the address, or it is being created. */
export function isAddressSettled({ accountId, status, outcome }: WholeView): boolean {
  return accountId !== null || outcome !== null || status === 'creating-account';
}

/** Whether the page says that the partner corrects the address. */
function asksPartner(view: WholeView, mails: Mails | null): boolean {
  if (mayCorrectAddress(view) || isAddressRefused(view)) return false;
  return mails !== null || (isTheirTurn(view) && !isAddressSettled(view));
}

/** The holder of an account was asked, and has not refused on this page yet. */
export function mayRefuse(view: WholeView): boolean {
  return view.status === 'awaiting-attachment' && !hasRefused(view);
}

/** AR24 is being read; access that it shows as granted wins. */
function hasRefused({ claims }: WholeView): boolean {
  return claims.some(({ what, contradicted }) => what === 'refusal' && !contradicted);
}

/** Whether the person has something to do. Then a deadline and mails mean something to them. */
function isTheirTurn({ status, waitingFor, outcome }: WholeView): boolean {
  return outcome === null && status !== 'awaiting-operator' && waitingFor.length > 0;
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
  const isNotRequested =
    isByMail(first) && !view.requests.some(({ kind }) => kind === requestFor(first));
  if (isNotRequested) return view;
  const waitingFor = view.waitingFor.filter((one) => one !== 'operator');
  return { ...view, status: `awaiting-${first}`, waitingFor };
}

function isByMail(what: Requirement): what is (typeof REPEATABLE)[number] {
  return REPEATABLE.some((one) => one === what);
}

export function isAddressRefused({ fieldErrors }: Pick<OnboardingView, 'fieldErrors'>): boolean {
  return fieldErrors.some(({ field }) => field === 'email');
}

function statusWords(view: WholeView, words: PageWords) {
  const { status } = view;
  if (status !== 'awaiting-registration' || !isAddressRefused(view)) return words.status[status];
  return view.emailVerified ? words.verifiedAddressRefused : words.addressRefused;
}

function readyText({ outcome }: WholeView, words: PageWords): readonly string[] {
  return outcome?.kind === 'ready' ? [words.ready[outcome.how]] : [];
}

function toneOf({ status, outcome }: WholeView): Journey['tone'] {
  if (status === 'ready') return 'good';
  return outcome === null ? 'plain' : 'ended';
}

function heldBy(view: WholeView, words: PageWords): string | null {
  const { problem, claims, status } = view;
  if (problem !== null) return words.problem[problem.kind];
  if (status === 'awaiting-attachment' && hasRefused(view)) return words.refusalNoted;
  const isContradicted = claims.some((one) => one.what !== 'refusal' && one.contradicted);
  return isContradicted ? words.contradicted : null;
}

function timesOf(
  view: WholeView,
  { locale, ...words }: PageWords,
  mails: Mails | null,
): readonly string[] {
  if (!isTheirTurn(view)) return [];
  const { deadline } = view;
  // Other reminders are notifications to the partner.
  const nextReminder = mails?.again ? view.nextReminder : null;
  return [
    ...(deadline === null ? [] : [words.deadline(day(deadline, locale))]),
    ...(nextReminder === null ? [] : [words.reminder(day(nextReminder, locale))]),
  ];
}

/** AR24's payment link, if a browser may follow it. */
export function linkToPay(link: string | null): string | null {
  const url = URL.parse(link ?? '');
  return url !== null && isSafeForBrowsers(url) ? url.href : null;
}
