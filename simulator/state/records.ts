import type { Route } from '../settings/faults.ts';
import type { WebhookDelivery } from '../webhooks/delivery.ts';
import type { SimulatedAccount } from './account.ts';
import { type Change, EMPTY, type Snapshot } from './snapshot.ts';
import { emailKey } from './email.ts';
import type { Ledger, LedgerEntry, WebhookAttempt } from './ledger.ts';
import type { SentMail } from './mail.ts';

const FIRST_ID = 1001;

/** Stores changes permanently. */
interface Store {
  changed(change: Change): void;
  replaced(): void;
}

/** The simulator's state in memory. All methods are synchronous, so that they do not interleave. */
export class Records {
  #store: Store | undefined;
  #accounts = new Map<string, SimulatedAccount>();
  /** Identifiers of accounts by `emailKey`. */
  #byEmail = new Map<string, readonly string[]>();
  #mails = new Map<string, SentMail>();
  #effects: LedgerEntry[] = [];
  /** The number of accounts ever opened, so that no identifier is reused. */
  #opened = 0;
  #calls = new Map<string, number>();
  #deliveries = new Map<string, WebhookDelivery>();
  #attempts: WebhookAttempt[] = [];

  constructor(snapshot: Snapshot) {
    this.#load(snapshot);
  }

  /** Passes all later changes to a store. */
  storeIn(store: Store): void {
    this.#store = store;
  }

  get accounts(): readonly SimulatedAccount[] {
    return [...this.#accounts.values()];
  }

  /** Oldest first. */
  get mails(): readonly SentMail[] {
    return [...this.#mails.values()];
  }

  get deliveries(): readonly WebhookDelivery[] {
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

  account(id: string): SimulatedAccount | undefined {
    return this.#accounts.get(id);
  }

  mail(id: string): SentMail | undefined {
    return this.#mails.get(id);
  }

  /** The accounts whose address differs at most in case. */
  accountsLike(email: string): readonly SimulatedAccount[] {
    const ids = this.#byEmail.get(emailKey(email)) ?? [];
    return ids.flatMap((id) => this.#accounts.get(id) ?? []);
  }

  nextAccountId(): string {
    return String(FIRST_ID + this.#opened);
  }

  putAccount(account: SimulatedAccount): void {
    const before = this.#accounts.get(account.id);
    if (before === undefined) this.#opened += 1;
    else if (before.email !== account.email) this.#forgetAddress(before);
    this.#index(account);
    this.#store?.changed({ accounts: [account] });
  }

  removeAccount(account: SimulatedAccount): void {
    this.#accounts.delete(account.id);
    this.#forgetAddress(account);
    this.#store?.changed({ accountsGone: [account.id] });
  }

  addMail(mail: SentMail): void {
    this.#mails.set(mail.id, mail);
    this.#store?.changed({ mails: [mail] });
  }

  /** Adds an effect to the ledger. */
  record(entry: Omit<LedgerEntry, 'n' | 'at'>, now: Date): void {
    const written = { n: this.#effects.length + 1, at: now.toISOString(), ...entry };
    this.#effects.push(written);
    this.#store?.changed({ effects: [written] });
  }

  /** Counts a call. The count is stored with the next change. */
  countCall(route: Route): void {
    this.#calls.set(route, (this.#calls.get(route) ?? 0) + 1);
  }

  hasDelivery(id: string): boolean {
    return this.#deliveries.has(id);
  }

  putDelivery(delivery: WebhookDelivery): void {
    this.#deliveries.set(delivery.id, delivery);
    this.#store?.changed({ deliveries: [delivery] });
  }

  removeDelivery(id: string): void {
    this.#deliveries.delete(id);
    this.#store?.changed({ deliveriesGone: [id] });
  }

  recordAttempt(attempt: WebhookAttempt): void {
    this.#attempts.push(attempt);
    this.#store?.changed({ webhookAttempts: [attempt] });
  }

  /** Deletes everything. */
  reset(): void {
    this.#load(EMPTY);
    this.#store?.replaced();
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
    const gone = this.#effects.filter(({ effect }) => effect === 'account-removed');
    this.#opened = this.#accounts.size + gone.length;
    this.#calls = new Map(Object.entries(snapshot.calls));
    this.#deliveries = new Map(snapshot.deliveries.map((delivery) => [delivery.id, delivery]));
    this.#attempts = [...snapshot.webhookAttempts];
  }

  #index(account: SimulatedAccount): void {
    this.#accounts.set(account.id, account);
    const key = emailKey(account.email);
    const ids = this.#byEmail.get(key) ?? [];
    if (!ids.includes(account.id)) this.#byEmail.set(key, [...ids, account.id]);
  }

  #forgetAddress({ id, email }: SimulatedAccount): void {
    const key = emailKey(email);
    const others = (this.#byEmail.get(key) ?? []).filter((other) => other !== id);
    this.#byEmail.set(key, others);
  }
}
