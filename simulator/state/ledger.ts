import { z } from 'zod';
import { WEBHOOK_STATES } from '../webhooks/states.ts';
import { MAIL_KINDS } from './mail.ts';

/** Everything that can happen to an account or leave the house. */
const EFFECTS = [
  'account-created',
  'account-opened',
  'account-changed',
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
] as const;

export type Effect = (typeof EFFECTS)[number];

export const LedgerEntrySchema = z.strictObject({
  /** Counts from 1, without gaps. */
  n: z.int(),
  /** ISO 8601. */
  at: z.iso.datetime(),
  effect: z.enum(EFFECTS),
  /** Of a mail or letter. */
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
  /** An HTTP status; or why there was none. */
  outcome: z.union([z.int(), z.enum(['timeout', 'unreachable'])]),
});

export type WebhookAttempt = Readonly<z.infer<typeof WebhookAttemptSchema>>;

/** What tests and drills hold results against. */
export interface Ledger {
  /** Every effect, oldest first. */
  readonly effects: readonly LedgerEntry[];
  /** How many calls each of AR24's routes got, refused ones and those hit by faults too. */
  readonly calls: Readonly<Record<string, number>>;
  readonly webhooks: readonly WebhookAttempt[];
}
