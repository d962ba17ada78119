import type { Sender } from './sender.ts';

/**
 * Forgets the account. To AR24 another address is another person, and so is another account: snapshots, requests,
 * claims and overrides were about the one before. Paid orders are kept: the other address may lead to the same account.
 */
export function withAccountReset(s: Sender): Sender {
  return {
    ...s,
    access: { kind: 'unknown', held: null },
    accessRequestedBefore: false,
    creation: { refusals: 0, unconfirmed: false, tried: false, otherSpelling: 'none' },
    fieldErrors: s.fieldErrors.filter(({ field }) => field !== 'email' && field !== 'form'),
    requests: {},
    claims: {},
    overrides: s.overrides.filter(({ question }) => isAboutBeginningAgain(question)),
    remindNow: [],
    forgottenOrder: { ...s.forgottenOrder, excludedAt: null },
    paymentLink: null,
    lastRead: null,
  };
}

function isAboutBeginningAgain(question: Sender['overrides'][number]['question']): boolean {
  return question === 'account-gone' || question === 'address-gone';
}
