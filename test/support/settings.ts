import type { ActivitySettings } from '../../activities/index.ts';

/** A partner who has set nothing. */
export const SETTINGS: ActivitySettings = {
  termsProof: 'field',
  termsMail: 'automatic',
  preAcceptTerms: false,
  preConfirmEmail: false,
  paymentRequest: 'mail',
};
