import type { Sender } from './sender.ts';

/**
 * Nothing is known of an account any more: another address is another person to AR24, and so is
 * another account. What was seen, asked, claimed and overridden was about the one before.
 */
export function afresh(s: Sender): Sender {
  return {
    ...s,
    access: 'unknown',
    how: null,
    askedBefore: false,
    account: null,
    accountGone: false,
    addressGone: false,
    creation: { refusals: 0, unsettled: false, tried: false },
    fieldErrors: s.fieldErrors.filter(({ field }) => field !== 'email' && field !== 'form'),
    // Paid once is paid for: it may be the same account under another address.
    asked: s.asked.identity ? { identity: s.asked.identity } : {},
    claims: {},
    overrides: s.overrides.filter(({ question }) => isAboutBeginningAgain(question)),
    remindNow: [],
    paymentLink: null,
    lastLook: null,
  };
}

function isAboutBeginningAgain(question: Sender['overrides'][number]['question']): boolean {
  return question === 'account-gone' || question === 'address-gone';
}
