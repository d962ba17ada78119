import { sendMail } from '../people/send-mail.ts';
import type { Account } from '../state/account.ts';
import { attachedAccount } from './accounts.ts';
import { refused } from './answer.ts';
import type { Handler } from './call.ts';
import { emptySuccess } from './empty-result.ts';

/**
 * `POST /user/identity`: sends a paper letter with a key, which costs money each time it is called
 * (docs/ar24-api.md 7.2). AR24's advice to look first whether the identity is verified suggests that
 * it does not look itself; a postal address it needs.
 */
export const orderIdentity: Handler = (call) => {
  const { context, now, mailLanguage: language } = call;
  const found = attachedAccount(call);
  if (found.kind === 'answer') return found.answer;
  const switches = context.switches();
  if (!hasPostalAddress(found.account)) return refused(switches.identityNoAddressSlug);
  sendMail(context, { kind: 'identity-letter', account: found.account, language, now });
  return emptySuccess(switches);
};

function hasPostalAddress({ address1, zipcode, city, country }: Account): boolean {
  return [address1, zipcode, city, country].every((part) => part.trim() !== '');
}
