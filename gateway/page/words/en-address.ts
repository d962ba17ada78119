import type { AddressWords } from './page-words.ts';

export const EN_ADDRESS: AddressWords = {
  question: 'This is not your e-mail address?',
  intro:
    'Enter the right one: the messages then go there. As soon as you have an AR24 account for it, only you can change it, at AR24.',
  label: 'Your e-mail address',
  invalid: 'Enter an e-mail address such as marie.durand@example.fr',
  send: 'Correct the address',
};
