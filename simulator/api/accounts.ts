import type { Context } from '../context.ts';
import type { SimulatedAccount } from '../state/account.ts';
import { refused, type ApiAnswer } from './answer.ts';
import type { ApiCall } from './call.ts';

/** The account of an address; a switch decides whether case matters. */
export function accountByEmail(context: Context, email: string): SimulatedAccount | undefined {
  const like = context.records.accountsLike(email);
  if (context.switches().emailCase === 'insensitive') return like[0];
  return like.find((account) => account.email.normalize('NFC') === email.normalize('NFC'));
}

type Found =
  | { readonly kind: 'account'; readonly account: SimulatedAccount }
  | { readonly kind: 'answer'; readonly answer: ApiAnswer };

/** The account in `id_user`, if the partner may act for it (docs/ar24-api.md 4.1, 7.4). */
export function attachedAccount({ context, parameters }: ApiCall): Found {
  const id = parameters.get('id_user');
  if (id === undefined || !/^\d+$/.test(id)) return answered('missing_user_id');
  return ifAttached(context.records.account(id));
}

/** The account, or a refusal if it does not exist or its holder has not granted access. */
export function ifAttached(account: SimulatedAccount | undefined): Found {
  if (account === undefined) return answered('user_not_exist');
  if (account.access !== 'granted') return answered('user_unavailable');
  return { kind: 'account', account };
}

function answered(slug: string): Found {
  return { kind: 'answer', answer: refused(slug) };
}
