import { sendMail } from '../people/send-mail.ts';
import { accountByEmail } from './accounts.ts';
import { refused } from './answer.ts';
import type { Handler } from './call.ts';
import { isEmail } from '../state/email.ts';
import { emptySuccess } from './empty-result.ts';

/** `POST /user/request_access`: asks the holder of an account by mail (docs/ar24-api.md 5). */
export const requestAccess: Handler = ({ context, parameters, now, mailLanguage }) => {
  const { records } = context;
  const switches = context.switches();
  const email = parameters.get('email');
  if (email === undefined) return refused('missing_email');
  if (!isEmail(email)) return refused('email_wrong_format');
  const account = accountByEmail(context, email);
  if (account === undefined) return refused(switches.accessNoAccountSlug);
  switch (account.access) {
    case 'granted':
      if (switches.alreadyAttachedAnswer === 'error') return refused(switches.alreadyAttachedSlug);
      return emptySuccess(switches);
    case 'refused':
      if (switches.refusedAccessAgain === 'error') return refused(switches.refusedAccessSlug);
      break;
    case 'asked':
      if (switches.pendingAccessAgain === 'silent') return emptySuccess(switches);
      break;
    case 'none':
    case 'withdrawn':
  }
  records.putAccount({ ...account, access: 'asked' });
  records.record({ effect: 'access-asked', accountId: account.id }, now);
  sendMail(context, { kind: 'access-request', account, language: mailLanguage, now });
  return emptySuccess(switches);
};
