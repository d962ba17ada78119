/** What people were asked, said and have to do. */
import type { WholeView } from '../../client/index.ts';
import { plain } from './plain.ts';
import { answerWords, questionWords } from './question.ts';
import type { Row } from './row.ts';
import { ago } from './time.ts';

const ASKED_WORDS = {
  access: 'for access',
  terms: 'to mail its terms',
  payment: 'for a way to pay',
  identity: 'to verify the identity',
} as const;

const CLAIM_WORDS = {
  attachment: 'access accepted',
  email: 'e-mail address confirmed',
  terms: 'terms accepted',
  refusal: 'access refused',
} as const;

export function peopleRows(view: WholeView, now: number): readonly Row[] {
  return [...todoRows(view), ...askedRows(view, now), ...saidRows(view, now)];
}

function todoRows({ reference, question, fieldErrors, waitingFor }: WholeView): readonly Row[] {
  const refused = fieldErrors.map(({ field, slug }): Row => ({
    label: 'AR24 refused',
    text: `${field} (${plain(slug)})`,
    tone: 'bad',
  }));
  const address = fieldErrors.some(({ field }) => field === 'email');
  const form = waitingFor.includes('registration') && (!address || fieldErrors.length > 1);
  const asked = question ? [questionWords(question), ...answerWords(reference, question)] : [];
  return [
    ...refused,
    ...asked.map((text): Row => ({ label: 'please decide', text, tone: 'todo' })),
    ...(address ? [todo(`onboard correct-address ${reference} --email ADDRESS`)] : []),
    ...(form ? [todo(`onboard register ${reference} --file FILE.json`)] : []),
  ];
}

function todo(command: string): Row {
  return { label: 'to do', text: command, tone: 'todo' };
}

function askedRows({ asked, paymentLink }: WholeView, now: number): readonly Row[] {
  const rows = asked.map(({ what, times, at, answersLost }): Row => {
    const often = times === 1 ? 'once' : `${times} times, last`;
    const lost =
      answersLost > 0 ? `; ${answersLost} without an answer, so there may be a mail too many` : '';
    return { label: 'asked AR24', text: `${ASKED_WORDS[what]} ${often} ${ago(at, now)}${lost}` };
  });
  if (paymentLink === null) return rows;
  return [...rows, { label: 'payment link', text: plain(paymentLink) }];
}

function saidRows({ claims, overrides }: WholeView, now: number): readonly Row[] {
  return [
    ...claims.map(({ what, by, at, contradicted }): Row => {
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
