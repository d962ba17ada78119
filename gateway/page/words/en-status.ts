import type { PageWords } from './page-words.ts';

const nothingToDo = 'There is nothing for you to do.';

/** Where the sender stands, and how it ended. */
export const EN_STATUS: Pick<
  PageWords,
  'status' | 'step' | 'mail' | 'ready' | 'missing' | 'addressRefused'
> = {
  status: {
    'requesting-access': {
      title: () => 'We are asking AR24',
      text: () => [
        'We are finding out whether you have an AR24 account already. This usually takes less than a minute.',
        nothingToDo,
      ],
    },
    'awaiting-registration': {
      title: () => 'Please give us your details',
      text: () => [
        'You have no AR24 account yet. Fill in the form below, and we have it created for you.',
      ],
    },
    'creating-account': {
      title: () => 'Your AR24 account is being created',
      text: () => ['This usually takes less than a minute.', nothingToDo],
    },
    'awaiting-attachment': {
      title: ({ partner }) => `Let ${partner} use your AR24 account`,
      text: ({ partner }) => [
        `You have an AR24 account already. AR24 has written to you to ask whether ${partner} may send registered e-mail with it.`,
        'Open this message and accept.',
      ],
    },
    'awaiting-email': {
      title: () => 'Confirm your e-mail address',
      text: () => [
        'Your AR24 account is there. AR24 has written to you to make sure that the address is yours.',
        'Open this message and follow its link.',
      ],
    },
    'awaiting-terms': {
      title: () => 'Accept AR24’s terms of use',
      text: () => [
        'Before your first letter, AR24 needs you to accept its terms of use.',
        'Open AR24’s message, follow its link and accept.',
      ],
    },
    'awaiting-profile': {
      title: () => 'Complete your name at AR24',
      text: () => [
        'Your AR24 account has no name yet, and without one no letter can be sent.',
        'Sign in to your AR24 account and fill in your first and last name.',
      ],
    },
    'awaiting-payment': {
      title: () => 'Add a means of payment',
      text: () => ['So that your letters can be paid for, AR24 needs a means of payment.'],
    },
    'awaiting-identity': {
      title: () => 'Have your identity verified',
      text: () => [
        'For letters with proof of identity, AR24 sends you a key by registered post.',
        'Once it has come, follow what the letter says.',
      ],
    },
    'awaiting-operator': {
      title: () => 'We are looking into it',
      text: ({ partner }) => [
        `Somebody at ${partner} has to check something before it goes on.`,
        nothingToDo,
      ],
    },
    ready: {
      title: () => 'All done: you can send',
      text: ({ partner }) => [`${partner} can now send registered e-mail in your name.`],
    },
    refused: {
      title: () => 'Access was refused',
      text: ({ partner }) => [
        `AR24 reports that the request of ${partner} was refused, so no letter can be sent in your name.`,
        `Was it a mistake? ${partner} can start again with you.`,
      ],
    },
    expired: {
      title: () => 'Your sign-up has lapsed',
      text: ({ partner }) => [
        'For a long time nothing has happened, so we have stopped reminding you.',
        `Would you like to go on? ${partner} can start again with you; what you have done so far counts.`,
      ],
    },
    cancelled: {
      title: () => 'Your sign-up was cancelled',
      text: ({ partner }) => [
        'No more messages are sent to you because of it.',
        `Was it a mistake? ${partner} can start again with you.`,
      ],
    },
    failed: {
      title: () => 'Something went wrong on our side',
      text: ({ partner }) => [
        `Your sign-up cannot go on by itself. Please contact ${partner}, who will put it right.`,
      ],
    },
  },
  step: {
    'sign-up': 'Your sign-up has arrived',
    search: 'We look for your AR24 account',
    registration: 'Your details',
    creation: 'Your AR24 account is created',
    attachment: 'You allow the use of your AR24 account',
    account: 'Your AR24 account is linked',
    operator: 'We check your AR24 account',
    email: 'You confirm your e-mail address',
    terms: 'You accept AR24’s terms of use',
    profile: 'Your name at AR24',
    payment: 'A means of payment',
    identity: 'Your identity is verified',
    ready: 'Ready to send',
  },
  mail: {
    attachment: 'A message from AR24 that asks for access to your account',
    email: 'A message from AR24 that asks you to confirm your address',
    terms: 'A message from AR24 with its terms of use',
    payment: 'A message from AR24 that asks for a means of payment',
    identity: 'A registered letter from AR24 with your key',
  },
  ready: {
    found: 'Your AR24 account was linked already.',
    attached: 'It uses the AR24 account that you had already.',
    created: 'Your AR24 account is set up.',
  },
  missing: {
    payment: 'There is no means of payment of your own in it; none is needed here.',
    identity: 'Your identity is not verified in it; this is not needed here.',
  },
  addressRefused: {
    title: () => 'Your e-mail address has to be corrected',
    text: ({ partner, email }) => [
      `AR24 does not accept the address ${email}.`,
      `Please give ${partner} the right one. Your sign-up then continues by itself.`,
    ],
  },
};
