import type { Route } from '../settings/faults.ts';
import type { Handler, Parameters } from './call.ts';
import { createUser } from './create-user.ts';
import { accountByEmail, attachedAccount, ifAttached } from './accounts.ts';
import { success, refused, type ApiAnswer } from './answer.ts';
import { userObject } from './user-object.ts';
import { sendMail } from '../people/send-mail.ts';
import { isEmail } from '../state/email.ts';
import { linkOf } from '../state/mail.ts';
import type { SimulatedAccount } from '../state/account.ts';
import type { Records } from '../state/records.ts';
import type { Switches } from '../settings/switches.ts';

/** `GET /user`, by `id_user` or, without one, by `email` (docs/ar24-api.md 4.1). */
const readUser: Handler = (call) => {
  const email = call.parameters.get('email');
  const byEmail = email !== undefined && !call.parameters.has('id_user');
  const found = byEmail ? ifAttached(accountByEmail(call.context, email)) : attachedAccount(call);
  if (found.kind === 'answer') return found.answer;
  return success(userObject(found.account, call.context.switches(), call.now));
};

const DEFAULT_MAX = 10;

/** `GET /user/list`: the accounts attached to the token, by id (docs/ar24-api.md 4.1). */
const listUsers: Handler = ({ context, parameters, now }) => {
  const attached = context.records.accounts.filter(({ access }) => access === 'granted');
  const downward = parameters.get('sort')?.toUpperCase() === 'DESC';
  const sorted = attached.toSorted((one, other) => {
    const order = Number(one.id) - Number(other.id);
    return downward ? -order : order;
  });
  const start = wholeNumber(parameters, 'start') ?? 0;
  const max = wholeNumber(parameters, 'max') ?? DEFAULT_MAX;
  const page = sorted.slice(start, start + max);
  return success({ users: page.map((account) => userObject(account, context.switches(), now)) });
};

function wholeNumber(parameters: Parameters, name: string): number | undefined {
  const text = parameters.get(name);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** `POST /user/request_access`: mails a request for access to the holder of an account (docs/ar24-api.md 5). */
const requestAccess: Handler = ({ context, parameters, now, mailLanguage }) => {
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

/** `POST /user/request_cgu`: mails a link to accept AR24's terms (docs/ar24-api.md 6). */
const requestTerms: Handler = (call) => {
  const { context, now, mailLanguage } = call;
  const switches = context.switches();
  const found = attachedAccount(call);
  if (found.kind === 'answer') return found.answer;
  const { account } = found;
  if (!account.cgu) sendMail(context, { kind: 'terms', account, language: mailLanguage, now });
  else if (switches.termsAcceptedAnswer === 'error') return refused(switches.termsAcceptedSlug);
  return emptySuccess(switches);
};

/** `POST /user/payment_request`: mails or returns a link to a payment form (docs/ar24-api.md 7.1). */
const requestPayment: Handler = (call) => {
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

/**
 * `POST /user/identity`: sends a paper letter with a key, which costs money each time it is called
 * (docs/ar24-api.md 7.2). AR24 advises clients to check first whether the identity is verified, which
 * suggests that AR24 does not check it. The account needs a postal address.
 */
const orderIdentity: Handler = (call) => {
  const { context, now, mailLanguage: language } = call;
  const found = attachedAccount(call);
  if (found.kind === 'answer') return found.answer;
  const switches = context.switches();
  const { account } = found;
  if (!hasPostalAddress(account)) return refused(switches.identityNoAddressSlug);
  if (isOnOrder(context.records, account)) {
    if (switches.identityOnOrder === 'error') return refused(switches.identityOnOrderSlug);
    if (switches.identityOnOrder === 'silent') return emptySuccess(switches);
  }
  sendMail(context, { kind: 'identity-letter', account, language, now });
  return emptySuccess(switches);
};

/** Whether a letter is on its way: its key has not been entered. */
function isOnOrder({ mails }: Records, { id, identifiedAt }: SimulatedAccount): boolean {
  const letter = mails.findLast((mail) => mail.accountId === id && mail.kind === 'identity-letter');
  return letter !== undefined && (identifiedAt === null || letter.date > identifiedAt);
}

function hasPostalAddress({ address1, zipcode, city, country }: SimulatedAccount): boolean {
  return [address1, zipcode, city, country].every((part) => part.trim() !== '');
}

/** The success of a call that returns nothing. AR24's format for it is not public. */
function emptySuccess({ emptyResult }: Switches): ApiAnswer {
  switch (emptyResult) {
    case 'object':
      return success({});
    case 'array':
      return success([]);
    case 'absent':
      return success(undefined);
  }
}

/** The effect of each of AR24's routes, after the credentials were checked. */
export const HANDLERS: Readonly<Record<Route, Handler>> = {
  'POST /user': createUser,
  'GET /user': readUser,
  'GET /user/list': listUsers,
  'POST /user/request_access': requestAccess,
  'POST /user/request_cgu': requestTerms,
  'POST /user/payment_request': requestPayment,
  'POST /user/identity': orderIdentity,
};
