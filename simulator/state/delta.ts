import { z } from 'zod';
import { SnapshotSchema, type Snapshot } from './snapshot.ts';

/** What has changed since the line before, in a line of the state file. */
export const DeltaSchema = SnapshotSchema.omit({ version: true })
  .extend({ deliveriesGone: z.array(z.string()) })
  .partial();

type Delta = z.infer<typeof DeltaSchema>;
type Part = 'accounts' | 'mails' | 'effects' | 'deliveries' | 'webhookAttempts' | 'deliveriesGone';

/** A change as it happens: accounts and deliveries as they stand now, the rest added. */
export type Change = Readonly<Pick<Delta, Part>>;

/** One change that stands for two, one after the other. */
export function joined(one: Change, other: Change): Change {
  const both = <T>(before: T[] = [], after: T[] = []): T[] => before.concat(after);
  return {
    accounts: both(one.accounts, other.accounts),
    mails: both(one.mails, other.mails),
    effects: both(one.effects, other.effects),
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
    // Last: what is gone comes back under no old identifier.
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
