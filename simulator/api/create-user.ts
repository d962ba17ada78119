import { sendMail } from '../people/send-mail.ts';
import { blankAccount, PREFERENCES, type SimulatedAccount } from '../state/account.ts';
import type { Switches } from '../settings/switches.ts';
import { accountByEmail } from './accounts.ts';
import { refused, success } from './answer.ts';
import type { Handler, Parameters } from './call.ts';
import { userObject } from './user-object.ts';
import { wrongNewUser } from './validate-new-user.ts';

/**
 * `POST /user`: creates an account attached to the token, and mails a confirmation of the address and the
 * terms (docs/ar24-api.md 3).
 */
export const createUser: Handler = ({ context, parameters, now, mailLanguage: language }) => {
  const { records } = context;
  const switches = context.switches();
  const wrong = wrongNewUser(parameters, switches);
  if (wrong !== undefined) return refused(wrong);
  const confirmed = parameters.get('confirmed') === '1';
  const terms = parameters.get('cgu') === '1';
  if (
    (confirmed && switches.confirmedParameter === 'refused') ||
    (terms && switches.cguParameter === 'refused')
  ) {
    return refused(switches.refusedParameterSlug);
  }
  const email = parameters.get('email') ?? '';
  if (accountByEmail(context, email) !== undefined) return refused(switches.duplicateSlug);

  const account: SimulatedAccount = {
    ...withProfile(blankAccount(records.nextAccountId(), email, now), parameters),
    confirmed: confirmed && switches.confirmedParameter === 'honoured',
    cgu: terms && switches.cguParameter === 'honoured',
    access: 'granted',
  };
  records.putAccount(account);
  records.record({ effect: 'account-created', accountId: account.id }, now);
  if (!account.confirmed) sendMail(context, { kind: 'email-confirmation', account, language, now });
  if (mailsTerms(account, switches)) sendMail(context, { kind: 'terms', account, language, now });
  return success(userObject(account, switches, now));
};

function mailsTerms({ cgu }: SimulatedAccount, { termsMailOnCreation }: Switches): boolean {
  return termsMailOnCreation && !cgu;
}

function withProfile(blank: SimulatedAccount, given: Parameters): SimulatedAccount {
  const text = (name: string): string => given.get(name) ?? '';
  return {
    ...blank,
    ...Object.fromEntries(PREFERENCES.map((name) => [name, given.get(name) === '1'])),
    firstname: text('firstname'),
    lastname: text('lastname'),
    gender: text('gender'),
    statut: text('statut'),
    address1: text('address1'),
    address2: text('address2'),
    zipcode: text('zipcode'),
    city: text('city'),
    country: text('country'),
    company: text('company'),
    company_siret: text('company_siret'),
    company_tva: text('company_tva'),
    billing_email: text('billing_email'),
    custom_ref: text('custom_ref'),
  };
}
