import { EN_ADDRESS } from './en-address.ts';
import { EN_FORM } from './en-form.ts';
import { EN_STATUS } from './en-status.ts';
import type { PageWords } from './page-words.ts';

const nothingToDo = 'there is nothing you need to do.';
const technical = `We are having a technical problem. Our team is working on it; ${nothingToDo}`;
const seeBelow = 'The current step is shown below.';
const asked = (what: string) =>
  `We have asked AR24 to send ${what} again. It should arrive within a few minutes.`;

export const EN: PageWords = {
  locale: 'en-GB',
  languageName: 'English',
  languages: 'Language',
  skip: 'Skip to content',
  about: (partner) => `Registered e-mail with ${partner}`,
  help: 'Any questions?',
  helpFrom: (partner) => `Contact ${partner}`,
  subject: (reference) => `Sign-up for registered e-mail (reference ${reference})`,
  reference: (reference) => `Reference to quote: ${reference}`,
  privacy: 'Privacy',
  legal: 'Legal notice',
  footer: (partner) =>
    `${partner} sends your registered e-mail through AR24, a French registered e-mail provider. This link is personal: don’t share it.`,
  ...EN_STATUS,
  problem: {
    unreachable: `AR24 isn’t responding at the moment. We keep trying automatically; ${nothingToDo}`,
    throttled: `AR24 is very busy at the moment. We keep trying automatically; ${nothingToDo}`,
    maintenance: `AR24 is down for maintenance. We’ll continue as soon as it is back; ${nothingToDo}`,
    credentials: technical,
    clock: technical,
    contract: technical,
    'unknown-slug': technical,
    paused: technical,
  },
  contradicted:
    'AR24 hasn’t recorded this step yet. We’ll check again automatically in a few minutes.',
  refusalNoted: 'Your refusal has been noted. We are checking with AR24.',
  mailTitle: (count) => (count === 1 ? 'The message to look for' : 'Messages from AR24'),
  mailState: { waiting: 'To do', done: 'Done' },
  mailTo: (email, when) => `Sent to ${email}${when === null ? '' : ` on ${when}`}`,
  junk: 'Can’t find a message? Check your junk mail too.',
  noRoute: ({ partner }) =>
    `The confirmation message can’t be sent again from here. If you can’t find it or its link has expired, sign in to your AR24 account to get a new one, or contact ${partner}.`,
  letterTitle: 'The letter to expect',
  byPost: (when) =>
    `${when === null ? 'Ordered' : `Ordered on ${when}`} and sent to the postal address of your AR24 account`,
  wrongAddress: ({ partner }) => `Is this address wrong? Contact ${partner}.`,
  genuine: {
    title: 'How to recognise a genuine AR24 message',
    text: [
      'Fraudsters imitate AR24’s messages. The links in a genuine message lead to an ar24.fr address, such as app.ar24.fr.',
      'Neither AR24 nor we will ever ask you by e-mail or phone for your password, your card number or your key.',
    ],
    link: 'Check a message on AR24’s website',
    url: 'https://app.ar24.fr/en/page/email',
  },
  deadline: (day) => `You have until ${day} to finish.`,
  reminder: (day) => `If you don’t do anything, you will get a reminder on ${day}.`,
  paymentLink: 'Add a payment method on AR24',
  done: 'I’ve done it',
  doneHint: 'Once you have completed this step, click “I’ve done it” and we’ll check right away.',
  again: (count) => (count === 1 ? 'Send the message again' : 'Send the messages again'),
  againAbout: 'Can be sent again:',
  againFrom: (clock) => `You can have the message sent again from ${clock} (Paris time).`,
  againIn: 'You can have the message sent again in {}.',
  refuse: {
    button: 'I refuse',
    title: () => 'Refuse access to your AR24 account?',
    text: ({ partner }) => [
      `If you refuse, ${partner} won’t be able to send registered e-mail with your account, and your sign-up will end here.`,
      'You can then ignore AR24’s message.',
    ],
    confirm: 'Yes, I refuse',
    back: 'Back to my sign-up',
  },
  refresh: 'Refresh this page',
  stepsTitle: 'Your progress',
  stepState: { done: 'Done', now: 'In progress', later: 'To come' },
  result: {
    checked: 'Thank you. Your sign-up has moved forward.',
    'not-yet':
      'AR24 hasn’t recorded this step yet: it can take a few minutes. We’ll check again automatically.',
    'mailed-access': asked('the request for access to your account'),
    'mailed-terms': asked('the message about its terms of use'),
    'mailed-payment': asked('the message about the payment method'),
    'mailed-several': asked('every message you haven’t answered yet'),
    'too-early':
      'The last message was sent only a few minutes ago. Check your junk mail; you can ask for another one soon.',
    'not-now': `No message can be sent again at the moment. ${seeBelow}`,
    'no-route': 'AR24 can’t send this message again. See below for what you can do.',
    'enough-mails':
      'You have already been sent several messages today. Check your junk mail, or try again tomorrow.',
    refused: 'Your refusal has been recorded.',
    registered: 'Thank you. Your details have been passed on to AR24.',
    'address-corrected':
      'Address corrected: the next messages will be sent there. The link to this page has changed: save the new one.',
    'address-same': 'This is already the address of your sign-up.',
    'address-settled': 'The address can no longer be corrected on this page.',
    'address-verified':
      'The address has already been verified, so it can’t be corrected on this page.',
    'enough-corrections': 'The address has been corrected several times today. Try again tomorrow.',
    'not-wanted': `This is no longer needed. ${seeBelow}`,
  },
  notice: {
    gone: {
      title: 'This link is no longer valid',
      text: ({ partner }) =>
        `It has expired or been replaced by a newer one. Ask ${partner} for a new link: the steps you have completed are kept.`,
    },
    unknown: {
      title: 'Page not found',
      text: () => 'Check that you copied the whole address from the message you received.',
    },
    away: {
      title: 'This page is temporarily unavailable',
      text: () => 'Nothing is lost: please try again in a few minutes.',
    },
    failed: {
      title: 'Something went wrong on our side',
      text: ({ partner }) =>
        `Your sign-up has been interrupted. Contact ${partner}, who can restart it.`,
    },
    'cross-site': {
      title: 'Request not accepted',
      text: () => 'It did not come from this page. Open your link again and retry.',
    },
    'too-many': {
      title: 'Too many requests',
      text: () => 'Please wait a minute, then try again.',
    },
    'odd-request': {
      title: 'Request not recognised',
      text: () => 'Open your link again and use the buttons on the page.',
    },
  },
  tryAgain: 'Try again',
  back: (partner) => `Back to ${partner}`,
  freshLink: 'Get a new link',
  address: EN_ADDRESS,
  form: EN_FORM,
};
