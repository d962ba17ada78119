import { accountByEmail, attachedAccount, ifAttached } from './accounts.ts';
import { success } from './answer.ts';
import type { Handler } from './call.ts';
import { userObject } from './user-object.ts';

/** `GET /user`, by `id_user` or, without one, by `email` (docs/ar24-api.md 4.1). */
export const readUser: Handler = (call) => {
  const email = call.parameters.get('email');
  const byEmail = email !== undefined && !call.parameters.has('id_user');
  const found = byEmail ? ifAttached(accountByEmail(call.context, email)) : attachedAccount(call);
  if (found.kind === 'answer') return found.answer;
  return success(userObject(found.account, call.context.switches()));
};
