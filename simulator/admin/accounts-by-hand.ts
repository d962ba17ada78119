import { accountByEmail } from '../api/accounts.ts';
import type { Context } from '../context.ts';
import {
  AccountChangesSchema,
  blankAccount,
  type SimulatedAccount,
  type AccountChanges,
} from '../state/account.ts';

/** An invalid request to open or change an account by hand. The message is shown to the caller. */
export class ByHandError extends Error {
  override readonly name = 'ByHandError';
  readonly reason: 'unknown-account' | 'address-taken' | 'no-address';

  constructor(reason: ByHandError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The default fields of an account that is opened by hand: of a holder with a complete profile. */
const HOLDER = {
  firstname: 'Camille',
  lastname: 'Martin',
  gender: 'F',
  statut: 'particulier',
  address1: '12 rue des Lilas',
  zipcode: '75011',
  city: 'Paris',
  country: 'FR',
  confirmed: true,
  cgu: true,
} satisfies AccountChanges;

/**
 * Opens an account as its holder would: it is attached to no partner.
 *
 * @param fields see AccountChangesSchema; `email` is required
 * @throws ZodError, ByHandError
 */
export function openAccount(context: Context, fields: unknown): SimulatedAccount {
  const { email, ...changes } = AccountChangesSchema.parse(fields);
  if (email === undefined) {
    throw new ByHandError('no-address', 'An account needs an email.');
  }
  refuseTaken(context, email);
  const now = context.now();
  const blank = blankAccount(context.records.nextAccountId(), email, now);
  const account = changed({ ...blank, ...HOLDER, openedBy: 'holder' }, changes, now);
  context.records.putAccount(account);
  context.records.record({ effect: 'account-opened', accountId: account.id }, now);
  return account;
}

/**
 * Changes an account by hand: no mail, no webhook.
 *
 * @throws ZodError, ByHandError
 */
export function changeAccount(
  context: Context,
  emailOrId: string,
  fields: unknown,
): SimulatedAccount {
  const changes = AccountChangesSchema.parse(fields);
  const found = context.records.account(emailOrId) ?? accountByEmail(context, emailOrId);
  if (found === undefined) {
    throw new ByHandError('unknown-account', `There is no account ${emailOrId}.`);
  }
  if (changes.email !== undefined) refuseTaken(context, changes.email, found);
  const now = context.now();
  const account = changed(found, changes, now);
  context.records.putAccount(account);
  context.records.record({ effect: 'account-changed', accountId: account.id }, now);
  return account;
}

/** @throws ByHandError when another account has the address */
function refuseTaken(context: Context, email: string, own?: SimulatedAccount): void {
  const holder = accountByEmail(context, email);
  if (holder !== undefined && holder.id !== own?.id) {
    throw new ByHandError('address-taken', `${email} has an account already.`);
  }
}

function changed(
  account: SimulatedAccount,
  { attached, ...changes }: AccountChanges,
  now: Date,
): SimulatedAccount {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const merged: SimulatedAccount = {
    ...account,
    ...(changes.is_identity_verified === true && { identifiedAt: now.toISOString() }),
    ...Object.fromEntries(given),
  };
  if (attached === undefined) return merged;
  // Access that was never granted is not withdrawn.
  const withdrawn = account.access === 'none' ? 'none' : 'withdrawn';
  return { ...merged, access: attached ? 'granted' : withdrawn };
}
