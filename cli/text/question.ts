/** What an operator is asked, and what each answer is typed as. */
import type { Question } from '../../workflows/contract/index.ts';

const QUESTION_WORDS = {
  'whose-account':
    'an account for this address is attached already, and nothing proves that it is this ' +
    "person's: is it?",
  'other-siret':
    'the attached account has another SIRET than the form: is it the right account all the same?',
  'creation-refused':
    'AR24 refused twice to create the account, without a reason, and shows none: try again?',
  'identity-order-lost':
    'the answer to the identity order was lost, and a second one would be paid again: wait for ' +
    'the identity without ordering it again?',
  'account-gone': 'the account that was seen is gone from AR24: begin again?',
  'address-gone':
    'the holder withdrew access, and AR24 does not know his address any more: look for it again?',
} as const satisfies Readonly<Record<Question, string>>;

export function questionWords(question: Question): string {
  return QUESTION_WORDS[question];
}

/** The commands that answer it. */
export function answerWords(reference: string, question: Question): readonly string[] {
  const another = `another address: onboard correct-address ${reference} --email ADDRESS`;
  return [
    ...(question === 'address-gone' ? [another] : []),
    `yes: onboard override ${reference} operator --reason TEXT`,
    `no:  onboard cancel ${reference} --reason TEXT`,
  ];
}
