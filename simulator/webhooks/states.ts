/**
 * What a webhook announces about an account. AR24's own names are not public
 * (docs/ar24-api.md 8 and 10, item 3).
 */
export const WEBHOOK_STATES = [
  'access_granted',
  'access_refused',
  'access_withdrawn',
  'email_confirmed',
  'terms_accepted',
  'payment_active',
  'identity_verified',
] as const;

export type WebhookState = (typeof WEBHOOK_STATES)[number];
