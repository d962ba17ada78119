/** Rows about people: tasks for operators, requests to AR24, claims and overrides. */
import type { WholeView } from '../../client/index.ts';
import type { Question } from '../../workflows/contract/index.ts';
import type { TableRow } from './row.ts';
import { plain } from './style.ts';
import { ago } from './time.ts';
import { requirementWords } from './words.ts';

const REQUEST_WORDS = {
  access: 'access',
  terms: 'mail of the terms',
  payment: 'way to pay',
  identity: 'identity check',
} as const;

/** Requests that this onboarding did not send itself. */
const OTHER_REQUESTS = {
  access: { label: 'requested', text: 'access, before this onboarding' },
  terms: { label: 'AR24', text: 'mails its terms by itself, as it created the account' },
  payment: { label: 'requested', text: 'way to pay, before this onboarding' },
  identity: { label: 'requested', text: 'identity check, by an earlier onboarding' },
} as const;

const CLAIM_WORDS = {
  attachment: 'access accepted',
  email: 'e-mail address confirmed',
  terms: 'terms accepted',
  refusal: 'access refused',
} as const;

export function peopleRows(view: WholeView, now: number): readonly TableRow[] {
  return [...todoRows(view), ...requestRows(view, now), ...claimRows(view, now)];
}

function todoRows(view: WholeView): readonly TableRow[] {
  const { reference, question, notVisible, fieldErrors, waitingFor } = view;
  const refused = fieldErrors.map(({ field, slug }): TableRow => ({
    label: 'AR24 refused',
    text: `${field} (${plain(slug)})`,
    tone: 'bad',
  }));
  const address = fieldErrors.some(({ field }) => field === 'email');
  const form = waitingFor.includes('registration') && (!address || fieldErrors.length > 1);
  const decision = question ? [QUESTION_WORDS[question], ...answerWords(reference, question)] : [];
  const hidden = notVisible.map((one) => requirementWords(one)).join(', ');
  return [
    ...refused,
    ...(hidden === '' ? [] : [{ label: 'AR24 hides', text: hidden, tone: 'todo' } as const]),
    ...decision.map((text): TableRow => ({ label: 'please decide', text, tone: 'todo' })),
    ...(address ? [todo(`onboard correct-address ${reference} --email ADDRESS`)] : []),
    ...(form ? [todo(`onboard register ${reference} --file FILE.json`)] : []),
  ];
}

function todo(command: string): TableRow {
  return { label: 'to do', text: command, tone: 'todo' };
}

function requestRows({ requests, paymentLink }: WholeView, now: number): readonly TableRow[] {
  const rows = requests.map(({ kind, times, at, unconfirmed }): TableRow => {
    const other = OTHER_REQUESTS[kind];
    if (times === 0) return { label: other.label, text: `${other.text}, ${ago(at, now)}` };
    const often = times === 1 ? 'once' : `${times} times, last`;
    const lost =
      unconfirmed > 0 ? `; ${unconfirmed} without an answer, so there may be a mail too many` : '';
    return { label: 'requested', text: `${REQUEST_WORDS[kind]} ${often} ${ago(at, now)}${lost}` };
  });
  if (paymentLink === null) return rows;
  return [...rows, { label: 'payment link', text: plain(paymentLink) }];
}

function claimRows(
  { claims, overrides, otherAddress: other }: WholeView,
  now: number,
): readonly TableRow[] {
  const address =
    other && `${plain(other.maskedEmail)}, says ${plain(other.by)} ${ago(other.at, now)}`;
  return [
    ...(address
      ? [
          {
            label: 'other address',
            text: `${address}: the account has the former one, and its holder has to change it at AR24`,
            tone: 'todo',
          } as const,
        ]
      : []),
    ...claims.map(({ what, by, at, contradicted }): TableRow => {
      const text = `${CLAIM_WORDS[what]}, says ${plain(by)} ${ago(at, now)}`;
      return contradicted
        ? { label: 'claimed', text: `${text}; AR24 shows something else`, tone: 'todo' }
        : { label: 'claimed', text };
    }),
    ...overrides.map(({ requirement, by, reason, at }) => ({
      label: 'overridden',
      text: `${requirement} by ${plain(by)} ${ago(at, now)}: ${plain(reason)}`,
    })),
  ];
}

const QUESTION_WORDS = {
  'whose-account':
    'an account for this address is attached already, and nothing proves that it is this ' +
    "person's: is it?",
  'other-siret':
    'the attached account has another SIRET than the form: is it the right account all the same?',
  'other-spelling':
    'AR24 distinguishes upper and lower case, and has an account for the same address in other letters: ' +
    'create a second one all the same?',
  'creation-refused':
    'AR24 refused twice to create the account, without a reason, and shows none: try again?',
  'not-visible':
    'AR24 does not show whether this is satisfied, and never will: does it count as satisfied?',
  'identity-order-lost':
    'the answer to the identity order was lost, and a second order would be paid again: wait for ' +
    'the identity without ordering it again?',
  'order-after-restore':
    'Temporal was restored from a backup, and may have forgotten that the identity was ordered, which is paid: ' +
    'does AR24 have no order, so that it is to be ordered now?',
  'account-gone': 'the account is gone from AR24: begin again?',
  'address-gone':
    'the holder withdrew access, and AR24 does not know the address any more: search for it again?',
} as const satisfies Readonly<Record<Question, string>>;

/** The commands that answer it. */
function answerWords(reference: string, question: Question): readonly string[] {
  const another = `another address: onboard correct-address ${reference} --email ADDRESS`;
  return [
    ...(question === 'address-gone' || question === 'other-spelling' ? [another] : []),
    `yes: onboard override ${reference} operator --reason TEXT`,
    `no:  onboard cancel ${reference} --reason TEXT`,
  ];
}
