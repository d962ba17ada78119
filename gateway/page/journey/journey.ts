/** An onboarding as its sender is told of it: nothing internal, and nothing that he has not to know. */
import type { OnboardingView, WholeView } from '../../../client/index.ts';
import type { PartnerLook } from '../options.ts';
import type { Reader } from '../reader.ts';
import type { About, Mail, PageWords } from '../words/page-words.ts';
import { day, moment } from './dates.ts';
import { linkToPay } from './link-to-pay.ts';
import { stepsOf } from './steps.ts';

export interface Journey {
  readonly title: string;
  readonly text: readonly string[];
  readonly tone: 'plain' | 'good' | 'ended';
  /** Why it does not go on just now. */
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

/** Asked for by a mail of AR24's, and what AR24 calls it. */
const ASKED = { attachment: 'access', terms: 'terms', payment: 'payment' } as const;
/** What the person does elsewhere, so that the page has to be told. */
const ELSEWHERE = ['attachment', 'email', 'terms', 'profile', 'payment', 'identity'] as const;

export function journeyOf(view: WholeView, { words }: Reader, partner: PartnerLook): Journey {
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

function isAddressRefused({ fieldErrors }: Pick<OnboardingView, 'fieldErrors'>): boolean {
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
  const asked = what === 'email' ? undefined : askedFor(view, what);
  const when = asked === undefined ? null : moment(asked.at, words.locale);
  return { what: words.mail[what], where: words.mailTo(email, when), hint: words.junk };
}

function mailWaitedFor({ waitingFor: [first], paymentLink }: WholeView): Mail | undefined {
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

function askedFor({ asked }: Pick<OnboardingView, 'asked'>, what: keyof typeof ASKED) {
  return asked.find((one) => one.what === ASKED[what]);
}

/** As the workflow takes it: asked before, still outstanding, and by mail. */
function isMailable(view: WholeView): boolean {
  const [first] = view.waitingFor;
  if (first === 'payment' && view.paymentLink !== null) return false;
  return (
    (first === 'attachment' || first === 'terms' || first === 'payment') &&
    askedFor(view, first) !== undefined
  );
}

function timesOf(view: WholeView, { locale, ...words }: PageWords): readonly string[] {
  const { deadline } = view;
  // Other reminders go to the partner only.
  const nextReminder = isMailable(view) ? view.nextReminder : null;
  return [
    ...(deadline === null ? [] : [words.deadline(day(deadline, locale))]),
    ...(nextReminder === null ? [] : [words.reminder(day(nextReminder, locale))]),
  ];
}
