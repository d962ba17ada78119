import { EN_ADDRESS } from './en-address.ts';
import { EN_FORM } from './en-form.ts';
import { EN_STATUS } from './en-status.ts';
import type { PageWords } from './page-words.ts';

export const EN: PageWords = {
  locale: 'en-GB',
  languageName: 'English',
  languages: 'Language',
  skip: 'Skip to content',
  about: (partner) => `Registered e-mail with ${partner}`,
  help: 'Any question?',
  helpFrom: (partner) => `Contact ${partner}`,
  footer: (partner) =>
    `${partner} sends your registered e-mail through AR24, a French provider of registered e-mail. This page is yours alone: do not pass on its address.`,
  ...EN_STATUS,
  problem: {
    unreachable:
      'AR24 does not answer at the moment. We keep trying; there is nothing for you to do.',
    throttled: 'AR24 is very busy at the moment. We keep trying; there is nothing for you to do.',
    maintenance: 'AR24 is under maintenance. We continue as soon as it is back; nothing is lost.',
    credentials:
      'There is a technical problem. We are working on it; there is nothing for you to do.',
    clock: 'There is a technical problem. We are working on it; there is nothing for you to do.',
    contract: 'There is a technical problem. We are working on it; there is nothing for you to do.',
    'unknown-slug':
      'There is a technical problem. We are working on it; there is nothing for you to do.',
  },
  contradicted: 'AR24 does not show it yet. We check again by ourselves in a few minutes.',
  mailTitle: 'Where to look',
  mailTo: (email, when) => (when === null ? `Sent to ${email}.` : `Sent to ${email} on ${when}.`),
  junk: 'If it is not in your inbox, look among the junk mail too.',
  byPost: 'It comes by post, to the address that you gave. This takes some days.',
  deadline: (day) => `You have until ${day}.`,
  reminder: (day) => `If need be, you are reminded on ${day}.`,
  paymentLink: 'Add a means of payment at AR24',
  done: 'I have done it',
  doneHint: 'Once it is done, use this button: we check at once.',
  again: 'Send me the message again',
  refresh: 'Refresh this page',
  stepsTitle: 'Your steps',
  stepState: { done: 'Done', now: 'Now', later: 'Later' },
  result: {
    checked: 'Thank you. We have checked, and something has changed.',
    'not-yet':
      'Thank you. AR24 does not show it yet: this can take a few minutes. We keep checking.',
    mailed: 'AR24 has been asked to send you the message again. It arrives within a few minutes.',
    'too-early':
      'The last message is only a few minutes old. Look in your junk mail, and try again in ten minutes.',
    'not-now': 'There is no message to send at the moment. See below where you stand.',
    'enough-mails':
      'You have been sent several messages already today. Look in your junk mail, or try again tomorrow.',
    registered: 'Thank you. We have passed on your details to AR24.',
    'address-corrected':
      'Address corrected: the next messages will be sent there. The link to this page has changed: save the new one.',
    'address-same': 'This is already the address of your sign-up.',
    'address-settled': 'The address can no longer be corrected on this page.',
    'enough-corrections': 'The address has been corrected several times today. Try again tomorrow.',
    'not-wanted': 'Your details are not needed at the moment. See below where you stand.',
  },
  notice: {
    gone: {
      title: 'This link is no longer valid',
      text: ({ partner }) =>
        `It has expired, or there is a newer one. Please ask ${partner} for a new link; what you have done so far is kept.`,
    },
    unknown: {
      title: 'There is nothing here',
      text: () => 'Please check that the whole address was copied from the message that you got.',
    },
    away: {
      title: 'Back in a few minutes',
      text: () =>
        'This page cannot be shown at the moment. Nothing is lost: please come back in a few minutes.',
    },
    failed: {
      title: 'Something went wrong on our side',
      text: ({ partner }) =>
        `Your sign-up cannot go on by itself. Please contact ${partner}, who will put it right.`,
    },
    'cross-site': {
      title: 'This was not accepted',
      text: () =>
        'The request did not come from this page. Open the page again and use its buttons.',
    },
    'too-many': {
      title: 'One moment, please',
      text: () => 'There were very many requests in a short time. Please try again in a minute.',
    },
    'odd-request': {
      title: 'This was not understood',
      text: () =>
        'The request is too large, or this page does not send such requests. Open the page again and use its buttons.',
    },
  },
  tryAgain: 'Try again',
  back: (partner) => `Back to ${partner}`,
  freshLink: 'Get a new link',
  address: EN_ADDRESS,
  form: EN_FORM,
};
