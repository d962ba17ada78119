import { sendMail } from '../people/send-mail.ts';
import { attachedAccount } from './accounts.ts';
import { refused } from './answer.ts';
import type { Handler } from './call.ts';
import { emptySuccess } from './empty-result.ts';

/** `POST /user/request_cgu`: mails a way to accept AR24's terms (docs/ar24-api.md 6). */
export const requestTerms: Handler = (call) => {
  const { context, now, mailLanguage } = call;
  const switches = context.switches();
  const found = attachedAccount(call);
  if (found.kind === 'answer') return found.answer;
  const { account } = found;
  if (!account.cgu) sendMail(context, { kind: 'terms', account, language: mailLanguage, now });
  else if (switches.termsAcceptedAnswer === 'error') return refused(switches.termsAcceptedSlug);
  return emptySuccess(switches);
};
