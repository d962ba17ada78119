import type { Context } from '../context.ts';
import type { Account } from '../state/account.ts';
import { refused, type Answer } from './answer.ts';
import type { Call } from './call.ts';

/** The account of an address; whether case matters is a switch. */
export function accountByEmail(context: Context, email: string): Account | undefined {
  const like = context.records.accountsLike(email);
  if (context.switches().emailCase === 'insensitive') return like[0];
  return like.find((account) => account.email.normalize('NFC') === email.normalize('NFC'));
}

type Found =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'answer'; readonly answer: Answer };

/** The account a call may act for, by `id_user` (docs/ar24-api.md 4.1, 7.4). */
export function attachedAccount({ context, parameters }: Call): Found {
  const id = parameters.get('id_user');
  if (id === undefined || !/^\d+$/.test(id)) return answered('missing_user_id');
  return ifAttached(context.records.account(id));
}

/** The account, unless it is unknown or its holder has not let the partner act for it. */
export function ifAttached(account: Account | undefined): Found {
  if (account === undefined) return answered('user_not_exist');
  if (account.access !== 'granted') return answered('user_unavailable');
  return { kind: 'account', account };
}

function answered(slug: string): Found {
  return { kind: 'answer', answer: refused(slug) };
}
