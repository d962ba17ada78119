import type { About, PageWords } from './page-words.ts';

const nothingToDo = 'There is nothing you need to do.';
const aMoment = 'This usually takes less than a minute.';

const byMistake = ({ partner }: About) =>
  `Was this a mistake? Contact ${partner} to resume your sign-up: the steps you have completed are kept.`;

/** Where the sender stands, and how it ended. */
export const EN_STATUS: Pick<
  PageWords,
  'status' | 'step' | 'mail' | 'ready' | 'addressRefused' | 'verifiedAddressRefused'
> = {
  status: {
    'requesting-access': {
      title: () => 'Looking for your AR24 account',
      text: () => [
        `We are checking whether you already have an AR24 account. ${aMoment}`,
        nothingToDo,
      ],
    },
    'awaiting-registration': {
      title: () => 'Enter your details',
      text: ({ email }) => [
        'You don’t have an AR24 account yet. Fill in this form and we’ll create one for you.',
        `The AR24 account will be created for ${email}.`,
      ],
    },
    'creating-account': {
      title: () => 'Creating your AR24 account',
      text: () => [aMoment, nothingToDo],
    },
    'awaiting-attachment': {
      title: ({ partner }) => `Let ${partner} use your AR24 account`,
      text: ({ partner }) => [
        `You already have an AR24 account. AR24 has e-mailed you to ask whether ${partner} may use it to send your registered e-mail.`,
        'Open the message and accept the request.',
      ],
    },
    'awaiting-email': {
      title: () => 'Confirm your e-mail address',
      text: () => [
        'AR24 has sent you a message to make sure that this address is yours.',
        'Open the message and click the link in it.',
      ],
    },
    'awaiting-terms': {
      title: () => 'Accept AR24’s terms of use',
      text: () => [
        'Before you can send your first registered e-mail, you need to accept AR24’s terms of use.',
        'Open AR24’s message, click the link in it and accept the terms.',
      ],
    },
    'awaiting-profile': {
      title: () => 'Complete your AR24 profile',
      text: () => [
        'Your AR24 account doesn’t have your name yet, and registered e-mail can’t be sent without it.',
        'Sign in to your AR24 account and enter your first and last name.',
      ],
    },
    'awaiting-payment': {
      title: () => 'Add a payment method',
      text: () => ['To pay for what you send, add a payment method to your AR24 account.'],
    },
    'awaiting-identity': {
      title: () => 'Get your identity verified',
      text: ({ partner }) => [
        'To send registered e-mail that requires your identity to be verified, you need a key, which AR24 sends you by registered post. Allow about a week.',
        'When it arrives, follow the instructions that come with it.',
        `Whenever you send, you will be asked for a code that you get with this key. You will never be asked for the key itself: don’t give it to anyone, not even ${partner}.`,
      ],
    },
    'awaiting-operator': {
      title: () => 'We are checking your details',
      text: ({ partner }) => [`${partner} needs to check something before going on.`, nothingToDo],
    },
    ready: {
      title: () => 'All set: you can send registered e-mail',
      text: ({ partner }) => [`${partner} can now send registered e-mail on your behalf.`],
    },
    refused: {
      title: () => 'Access refused',
      text: (about) => [
        `Access to your AR24 account was refused, so ${about.partner} can’t send registered e-mail on your behalf.`,
        byMistake(about),
      ],
    },
    expired: {
      title: () => 'Your sign-up has expired',
      text: ({ partner }) => [
        'The deadline has passed, and we won’t send you any more reminders.',
        `Would you like to go on? Contact ${partner} to resume your sign-up: the steps you have completed are kept.`,
      ],
    },
    cancelled: {
      title: () => 'Your sign-up was cancelled',
      text: (about) => ['You won’t receive any more messages about it.', byMistake(about)],
    },
    failed: {
      title: () => 'Something went wrong on our side',
      text: ({ partner }) => [
        `Your sign-up has been interrupted. Contact ${partner}, who can restart it.`,
      ],
    },
  },
  step: {
    'sign-up': { todo: 'Sign-up', done: 'Sign-up received' },
    search: { todo: 'Search for your AR24 account', done: 'Search completed' },
    registration: { todo: 'Your details', done: 'Details sent' },
    creation: { todo: 'Creation of your AR24 account', done: 'AR24 account created' },
    attachment: { todo: 'Access to your AR24 account', done: 'Access to your account granted' },
    account: { todo: 'AR24 account', done: 'AR24 account linked' },
    operator: { todo: 'Check of your details', done: 'Details checked' },
    email: { todo: 'E-mail address confirmation', done: 'E-mail address confirmed' },
    terms: { todo: 'AR24’s terms of use', done: 'AR24’s terms accepted' },
    profile: { todo: 'Name in your AR24 account', done: 'Name entered' },
    payment: { todo: 'Payment method', done: 'Payment method added' },
    identity: { todo: 'Identity check', done: 'Identity verified' },
    ready: { todo: 'Ready to send', done: 'Ready to send' },
  },
  mail: {
    attachment: 'Request for access to your AR24 account',
    email: 'Confirmation of your e-mail address',
    terms: 'AR24’s terms of use',
    payment: 'Adding a payment method',
    identity: 'Registered letter with your key',
  },
  ready: {
    found: 'Your AR24 account was already linked.',
    attached: 'The AR24 account you already had will be used.',
    created: 'Your AR24 account has been created.',
  },
  addressRefused: {
    title: () => 'Your e-mail address needs correcting',
    text: ({ email }) => [
      `AR24 doesn’t accept the address ${email}.`,
      'Enter the right one below: your sign-up will then resume automatically.',
    ],
  },
  verifiedAddressRefused: {
    title: () => 'Your e-mail address needs correcting',
    text: ({ partner, email }) => [
      `AR24 doesn’t accept the address ${email}.`,
      `Contact ${partner} to have it corrected: your sign-up will then resume automatically.`,
    ],
  },
};
