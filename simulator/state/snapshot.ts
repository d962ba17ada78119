import { z } from 'zod';
import { DeliverySchema } from '../webhooks/delivery.ts';
import { AccountSchema } from './account.ts';
import { LedgerEntrySchema, WebhookAttemptSchema } from './ledger.ts';
import { SentMailSchema } from './mail.ts';

/** The simulator's whole state, as the first line of the state file holds it. */
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

/** The changes since the line before: every other line of the state file. */
export const DeltaSchema = SnapshotSchema.omit({ version: true })
  .extend({ accountsGone: z.array(z.string()), deliveriesGone: z.array(z.string()) })
  .partial();

type Delta = z.infer<typeof DeltaSchema>;
type Part = Exclude<keyof Delta, 'calls'>;

/** A change in memory: the new values of accounts and deliveries, and the additions to the rest. */
export type Change = Readonly<Pick<Delta, Part>>;

/** Combines two changes, the earlier first. */
export function joined(one: Change, other: Change): Change {
  const both = <T>(before: T[] = [], after: T[] = []): T[] => before.concat(after);
  return {
    accounts: both(one.accounts, other.accounts),
    mails: both(one.mails, other.mails),
    effects: both(one.effects, other.effects),
    accountsGone: both(one.accountsGone, other.accountsGone),
    deliveries: both(one.deliveries, other.deliveries),
    deliveriesGone: both(one.deliveriesGone, other.deliveriesGone),
    webhookAttempts: both(one.webhookAttempts, other.webhookAttempts),
  };
}

/** The snapshot after these changes. */
export function applied(before: Snapshot, deltas: readonly Delta[]): Snapshot {
  const accounts = new Map(before.accounts.map((account) => [account.id, account]));
  const deliveries = new Map(before.deliveries.map((delivery) => [delivery.id, delivery]));
  for (const delta of deltas) {
    for (const account of delta.accounts ?? []) accounts.set(account.id, account);
    for (const delivery of delta.deliveries ?? []) deliveries.set(delivery.id, delivery);
    for (const id of delta.accountsGone ?? []) accounts.delete(id);
    // Last: identifiers are never reused.
    for (const id of delta.deliveriesGone ?? []) deliveries.delete(id);
  }
  return {
    ...before,
    accounts: [...accounts.values()],
    deliveries: [...deliveries.values()],
    mails: before.mails.concat(...deltas.map(({ mails = [] }) => mails)),
    effects: before.effects.concat(...deltas.map(({ effects = [] }) => effects)),
    webhookAttempts: before.webhookAttempts.concat(
      ...deltas.map(({ webhookAttempts = [] }) => webhookAttempts),
    ),
    calls: deltas.findLast(({ calls }) => calls !== undefined)?.calls ?? before.calls,
  };
}
