import type { AddressWords } from './page-words.ts';

export const EN_ADDRESS: AddressWords = {
  question: 'Is this address wrong?',
  intro:
    'Enter the right one: the messages then go there. As soon as you have an AR24 account for it, only you can change it, at AR24.',
  label: 'Your e-mail address',
  invalid: 'Enter a valid e-mail address, such as name@example.com.',
  send: 'Correct the address',
};
