import { linkOf } from '../people/links.ts';
import { sendMail } from '../people/send-mail.ts';
import { attachedAccount } from './accounts.ts';
import { success } from './answer.ts';
import type { Handler } from './call.ts';
import { emptySuccess } from './empty-result.ts';

/** `POST /user/payment_request`: mails or returns a link to a payment form (docs/ar24-api.md 7.1). */
export const requestPayment: Handler = (call) => {
  const { context, parameters, now, mailLanguage: language } = call;
  const switches = context.switches();
  const found = attachedAccount(call);
  if (found.kind === 'answer') return found.answer;
  const { account } = found;
  const getLink = parameters.get('get_link');
  if (getLink === undefined || getLink === '0' || getLink === 'false') {
    sendMail(context, { kind: 'payment', account, language, now });
    return emptySuccess(switches);
  }
  const mail = sendMail(context, { kind: 'payment', account, language, now, delivery: 'link' });
  return success({ [switches.paymentLinkField]: linkOf(context.publicUrl(), mail, 'pay') });
};
