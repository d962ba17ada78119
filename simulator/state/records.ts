import type { Route } from '../settings/routes.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import type { Account } from './account.ts';
import type { Change } from './delta.ts';
import { emailKey } from './email-key.ts';
import type { Ledger, LedgerEntry, WebhookAttempt } from './ledger.ts';
import type { SentMail } from './mail.ts';
import { EMPTY, type Snapshot } from './snapshot.ts';

const FIRST_ID = 1001;

/** Whoever keeps what is remembered. */
interface Keeper {
  changed(change: Change): void;
  replaced(): void;
}

/** What the simulator remembers, in memory. Every method is synchronous, so that none interleave. */
export class Records {
  #keeper: Keeper | undefined;
  #accounts = new Map<string, Account>();
  /** Identifiers of accounts, by the key of their address. */
  #byEmail = new Map<string, readonly string[]>();
  #mails = new Map<string, SentMail>();
  #effects: LedgerEntry[] = [];
  #calls = new Map<string, number>();
  #deliveries = new Map<string, Delivery>();
  #attempts: WebhookAttempt[] = [];

  constructor(snapshot: Snapshot) {
    this.#load(snapshot);
  }

  /** Every change that must not be lost is told from now on. */
  keepIn(keeper: Keeper): void {
    this.#keeper = keeper;
  }

  get accounts(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  /** Oldest first. */
  get mails(): readonly SentMail[] {
    return [...this.#mails.values()];
  }

  get deliveries(): readonly Delivery[] {
    return [...this.#deliveries.values()];
  }

  get calls(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#calls);
  }

  /** A copy that later calls do not change. */
  get ledger(): Ledger {
    return {
      effects: [...this.#effects],
      calls: this.calls,
      webhooks: [...this.#attempts],
    };
  }

  account(id: string): Account | undefined {
    return this.#accounts.get(id);
  }

  mail(id: string): SentMail | undefined {
    return this.#mails.get(id);
  }

  /** The accounts whose address is this one but for case. */
  accountsLike(email: string): readonly Account[] {
    const ids = this.#byEmail.get(emailKey(email)) ?? [];
    return ids.flatMap((id) => this.#accounts.get(id) ?? []);
  }

  nextAccountId(): string {
    return String(FIRST_ID + this.#accounts.size);
  }

  putAccount(account: Account): void {
    const before = this.#accounts.get(account.id);
    if (before !== undefined && before.email !== account.email) this.#forgetAddress(before);
    this.#index(account);
    this.#keeper?.changed({ accounts: [account] });
  }

  addMail(mail: SentMail): void {
    this.#mails.set(mail.id, mail);
    this.#keeper?.changed({ mails: [mail] });
  }

  /** Writes an effect into the ledger. */
  record(entry: Omit<LedgerEntry, 'n' | 'at'>, now: Date): void {
    const written = { n: this.#effects.length + 1, at: now.toISOString(), ...entry };
    this.#effects.push(written);
    this.#keeper?.changed({ effects: [written] });
  }

  /** Counts a call. Not worth a write of its own: it is kept with the next change. */
  countCall(route: Route): void {
    this.#calls.set(route, (this.#calls.get(route) ?? 0) + 1);
  }

  hasDelivery(id: string): boolean {
    return this.#deliveries.has(id);
  }

  putDelivery(delivery: Delivery): void {
    this.#deliveries.set(delivery.id, delivery);
    this.#keeper?.changed({ deliveries: [delivery] });
  }

  removeDelivery(id: string): void {
    this.#deliveries.delete(id);
    this.#keeper?.changed({ deliveriesGone: [id] });
  }

  recordAttempt(attempt: WebhookAttempt): void {
    this.#attempts.push(attempt);
    this.#keeper?.changed({ webhookAttempts: [attempt] });
  }

  /** Forgets everything. */
  reset(): void {
    this.#load(EMPTY);
    this.#keeper?.replaced();
  }

  snapshot(): Snapshot {
    return {
      version: 1,
      accounts: [...this.accounts],
      mails: [...this.mails],
      effects: this.#effects,
      calls: this.calls,
      deliveries: [...this.deliveries],
      webhookAttempts: this.#attempts,
    };
  }

  #load(snapshot: Snapshot): void {
    this.#accounts = new Map();
    this.#byEmail = new Map();
    for (const account of snapshot.accounts) this.#index(account);
    this.#mails = new Map(snapshot.mails.map((mail) => [mail.id, mail]));
    this.#effects = [...snapshot.effects];
    this.#calls = new Map(Object.entries(snapshot.calls));
    this.#deliveries = new Map(snapshot.deliveries.map((delivery) => [delivery.id, delivery]));
    this.#attempts = [...snapshot.webhookAttempts];
  }

  #index(account: Account): void {
    this.#accounts.set(account.id, account);
    const key = emailKey(account.email);
    const ids = this.#byEmail.get(key) ?? [];
    if (!ids.includes(account.id)) this.#byEmail.set(key, [...ids, account.id]);
  }

  #forgetAddress({ id, email }: Account): void {
    const key = emailKey(email);
    const others = (this.#byEmail.get(key) ?? []).filter((other) => other !== id);
    this.#byEmail.set(key, others);
  }
}
