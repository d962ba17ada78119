import { z } from 'zod';
import { DeliverySchema } from '../webhooks/delivery.ts';
import { AccountSchema } from './account.ts';
import { LedgerEntrySchema, WebhookAttemptSchema } from './ledger.ts';
import { SentMailSchema } from './mail.ts';

/** Everything the simulator remembers, as it stands in the state file. */
export const SnapshotSchema = z.strictObject({
  version: z.literal(1),
  accounts: z.array(AccountSchema),
  mails: z.array(SentMailSchema),
  effects: z.array(LedgerEntrySchema),
  calls: z.record(z.string(), z.int()),
  deliveries: z.array(DeliverySchema),
  webhookAttempts: z.array(WebhookAttemptSchema),
});

export type Snapshot = z.infer<typeof SnapshotSchema>;

export const EMPTY: Snapshot = {
  version: 1,
  accounts: [],
  mails: [],
  effects: [],
  calls: {},
  deliveries: [],
  webhookAttempts: [],
};
