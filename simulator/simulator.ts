import type { Account, AccountFields } from './state/account.ts';
import type { Ledger } from './state/ledger.ts';
import type { Mail } from './state/mail.ts';
import type { Faults } from './settings/faults.ts';
import type { Switches } from './settings/switches.ts';

/** An account at the simulated AR24, by AR24's own names. */
export type SimulatedAccount = Account;

/** A running simulator, for programs in the same process. All of it is also to be had over HTTP. */
export interface Simulator {
  /** For people and the admin routes; no slash at the end. */
  readonly url: string;
  /** AR24's API: `AR24_BASE_URL`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly privateKey: string;
  /** A snapshot: later calls do not change it. */
  ledger(): Ledger;
  /** Newest first. */
  mailbox(): readonly Mail[];
  accounts(): readonly SimulatedAccount[];
  /**
   * An account that its holder opened himself: attached to no partner and, unless said otherwise,
   * confirmed, terms accepted, with a name and an address.
   *
   * @throws Error on an unknown field, or an address that has an account
   */
  createAccount(fields: AccountFields & { readonly email: string }): SimulatedAccount;
  /**
   * Changes an account by hand, as AR24's staff might: no mail, no webhook.
   *
   * @throws Error on an unknown account or field
   */
  updateAccount(emailOrId: string, fields: AccountFields): SimulatedAccount;
  /**
   * Follows a link, as a person who clicks: an address from a mail, its path, or the identifier of
   * a mail, which means its first link. Following one twice is fine.
   *
   * @throws Error if there is no such link
   */
  follow(mailOrLink: string): Promise<void>;
  /** Replaces the faults named, keeps the others; null ends one. */
  setFaults(faults: Faults): void;
  setSwitches(switches: Partial<Switches>): void;
  /** Makes every webhook attempt that is due at `now`; by itself the simulator does so in time. */
  tickWebhooks(now?: Date): Promise<void>;
  /** Forgets accounts, mails and ledger; switches and faults go back to those of the start. */
  reset(): Promise<void>;
  /** Ends calls in flight and frees the port. */
  stop(): Promise<void>;
}
