import { z } from 'zod';

/**
 * The changes of an account that webhooks announce. AR24's own names are not public
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
  'terms_renewed',
  'payment_lost',
  'identity_revoked',
] as const;

export type WebhookState = (typeof WEBHOOK_STATES)[number];

export const DeliverySchema = z.strictObject({
  id: z.string(),
  accountId: z.string(),
  state: z.enum(WEBHOOK_STATES),
  /** The name and the value of each field, as they were at the time of the change. */
  fields: z.record(z.string(), z.string()),
  /** The number of attempts made. */
  attempts: z.int(),
  /** When the next attempt is due, ISO 8601. */
  dueAt: z.iso.datetime(),
});

/** A webhook that the partner has not received yet. */
export type WebhookDelivery = Readonly<z.infer<typeof DeliverySchema>>;
