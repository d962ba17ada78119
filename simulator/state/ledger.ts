import { z } from 'zod';
import { WEBHOOK_STATES } from '../webhooks/delivery.ts';
import { MAIL_KINDS } from './mail.ts';

/** Every change of an account and everything that is sent. */
const EFFECTS = [
  'account-created',
  'account-opened',
  'account-changed',
  'account-removed',
  'mail-sent',
  'letter-sent',
  'payment-link-made',
  'access-asked',
  'access-granted',
  'access-refused',
  'access-withdrawn',
  'email-confirmed',
  'terms-accepted',
  'payment-activated',
  'identity-verified',
  'terms-renewed',
  'payment-lost',
  'identity-revoked',
] as const;

export type LedgerEffect = (typeof EFFECTS)[number];

export const LedgerEntrySchema = z.strictObject({
  /** Counts from 1, without gaps. */
  n: z.int(),
  /** ISO 8601. */
  at: z.iso.datetime(),
  effect: z.enum(EFFECTS),
  /** The kind of a mail or letter. */
  kind: z.enum(MAIL_KINDS).optional(),
  /** The address of a mail or letter. */
  to: z.string().optional(),
  accountId: z.string().optional(),
});

export type LedgerEntry = Readonly<z.infer<typeof LedgerEntrySchema>>;

export const WebhookAttemptSchema = z.strictObject({
  deliveryId: z.string(),
  /** Counts from 1 to 48 (docs/ar24-api.md 8). */
  attempt: z.int(),
  at: z.iso.datetime(),
  accountId: z.string(),
  state: z.enum(WEBHOOK_STATES),
  /** The HTTP status, or the reason why there is none. */
  outcome: z.union([z.int(), z.enum(['timeout', 'unreachable'])]),
});

export type WebhookAttempt = Readonly<z.infer<typeof WebhookAttemptSchema>>;

/** The record that tests and drills compare results with. */
export interface Ledger {
  /** Every effect, oldest first. */
  readonly effects: readonly LedgerEntry[];
  /** The number of calls by route, including calls that were refused or struck by faults. */
  readonly calls: Readonly<Record<string, number>>;
  readonly webhooks: readonly WebhookAttempt[];
}
