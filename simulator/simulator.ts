import type { SimulatedAccount, AccountFields } from './state/account.ts';
import type { Ledger } from './state/ledger.ts';
import type { Mail } from './state/mail.ts';
import type { Faults } from './settings/faults.ts';
import type { Switches } from './settings/switches.ts';

/** A running simulator, for programs in the same process. The HTTP routes offer the same. */
export interface Simulator {
  /** The base address of the pages and the admin routes, without a slash at the end. */
  readonly url: string;
  /** The base address of AR24's API: `AR24_BASE_URL`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly privateKey: string;
  /** A snapshot: later calls do not change it. */
  ledger(): Ledger;
  /** Newest first. */
  mailbox(): readonly Mail[];
  accounts(): readonly SimulatedAccount[];
  /**
   * Opens an account as its holder would: attached to no partner and, by default, confirmed, with accepted
   * terms, a name and an address.
   *
   * @throws Error for an unknown field, or an address that has an account
   */
  createAccount(fields: AccountFields & { readonly email: string }): SimulatedAccount;
  /**
   * Changes an account by hand, as AR24's staff might: no mail, no webhook.
   *
   * @throws Error for an unknown account or field
   */
  updateAccount(emailOrId: string, fields: AccountFields): SimulatedAccount;
  /**
   * Follows a link as its reader does with a click.
   *
   * @param mailOrLink a link, its path, or the identifier of a mail, which means its first link; a link
   *   may be followed twice
   * @throws Error if there is no such link
   */
  follow(mailOrLink: string): Promise<void>;
  /** Replaces the given faults and keeps the others; null ends a fault. */
  setFaults(faults: Faults): void;
  setSwitches(switches: Partial<Switches>): void;
  /** Makes the webhook attempts that are due at `now`. The simulator also makes them by itself in time. */
  tickWebhooks(now?: Date): Promise<void>;
  /** Deletes accounts, mails and the ledger; restores the switches and faults of the start. */
  reset(): Promise<void>;
  /** Ends calls in flight and frees the port. */
  stop(): Promise<void>;
}
