import type { ActivitySettings } from '../../activities/index.ts';

/** What a partner has who has set nothing. */
export const SETTINGS: ActivitySettings = {
  termsProof: 'field',
  termsMail: 'request',
  preAcceptTerms: false,
  preConfirmEmail: false,
  paymentRequest: 'mail',
};
