/** Compares the final state with the simulator's ledger. Pure. */
import type { LedgerEntry } from '../../simulator/index.ts';
import { DUE, type Customer } from '../people/customers.ts';
import type { DrillVerdict } from './verdict.ts';

export interface Facts {
  readonly customers: readonly Customer[];
  /** References of starts that were answered 2xx. */
  readonly accepted: ReadonlySet<string>;
  /** The status of each reference in Temporal. */
  readonly statuses: ReadonlyMap<string, string>;
  readonly effects: readonly LedgerEntry[];
  /** The e-mail address of each account, by account id. */
  readonly addresses: ReadonlyMap<string, string>;
  /** The number of unconfirmed requests by mail of an onboarding, if it is not 0. */
  readonly unconfirmed: ReadonlyMap<string, number>;
  /** What happened between these times (ms since the epoch) was forgotten, so that its mails may be repeated. */
  readonly forgotten?: { readonly from: number; readonly to: number } | undefined;
}

type Judged = Pick<
  DrillVerdict,
  'onboardings' | 'lost' | 'doubled' | 'stuck' | 'overMailed' | 'mails'
>;

const ENDS: readonly string[] = ['ready', 'refused', 'expired', 'cancelled', 'failed'];

export function judge(facts: Facts): Judged {
  const { customers, accepted, statuses, unconfirmed } = facts;
  const mailsTo = mailsByAddress(facts.effects);
  const forgottenTo = mailsByAddress(facts.effects.filter((one) => isForgotten(one, facts)));
  const created = creationsByAddress(facts);
  const lost: string[] = [];
  const doubled: string[] = [];
  const stuck: string[] = [];
  const overMailed: string[] = [];
  let needed = 0;
  for (const { reference, email, path } of customers) {
    const due = DUE[path];
    needed += due.mails;
    const status = statuses.get(reference);
    const isOpen = status !== undefined && !ENDS.includes(status);
    if (isOpen || (status === undefined && !accepted.has(reference))) stuck.push(reference);
    else if (status !== due.status) lost.push(reference);
    if ((created.get(email) ?? 0) > due.accounts) doubled.push(reference);
    const mayRepeat = (unconfirmed.get(reference) ?? 0) + (forgottenTo.get(email) ?? 0);
    const allowed = due.mails + mayRepeat;
    if ((mailsTo.get(email) ?? 0) > allowed) overMailed.push(reference);
  }
  const sent = sum(mailsTo.values());
  const mails = { sent, needed, unconfirmed: sum(unconfirmed.values()) };
  return { onboardings: customers.length, lost, doubled, stuck, overMailed, mails };
}

function isForgotten({ at }: LedgerEntry, { forgotten }: Facts): boolean {
  const time = Date.parse(at);
  return forgotten !== undefined && time >= forgotten.from && time <= forgotten.to;
}

/** Customers with more mails than needed: correct only if their onboarding has unconfirmed requests. */
export function mailedTooOften(
  customers: readonly Customer[],
  effects: readonly LedgerEntry[],
): readonly Customer[] {
  const mailsTo = mailsByAddress(effects);
  return customers.filter(({ email, path }) => (mailsTo.get(email) ?? 0) > DUE[path].mails);
}

function mailsByAddress(effects: readonly LedgerEntry[]): ReadonlyMap<string, number> {
  return countBy(effects, ({ effect, to }) => (effect === 'mail-sent' ? to : undefined));
}

function creationsByAddress({ effects, addresses }: Facts): ReadonlyMap<string, number> {
  return countBy(effects, ({ effect, accountId }) =>
    effect === 'account-created' && accountId !== undefined ? addresses.get(accountId) : undefined,
  );
}

function countBy(
  effects: readonly LedgerEntry[],
  keyOf: (effect: LedgerEntry) => string | undefined,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const effect of effects) {
    const key = keyOf(effect);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}
