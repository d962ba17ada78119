/** The settings that follow from findings, as lines for a file of environment variables (docs/configuration.md). */
import type { Findings } from './findings.ts';
import { topLevel } from './switches.ts';

/** The default of AR24_DATE_AHEAD_S. */
const AHEAD_S = 120;
/** Nearer to the end of AR24's window, a slow call could miss it. */
const SPARE_S = 30;

type Lines = readonly string[];
const NONE: Lines = [];

function setting(name: string, value: string | number, why: string): Lines {
  return [`# ${why}`, `${name}=${value}`];
}

/** Each setting after a comment with its reason. Settings that are not known are left out. */
export function environmentFrom(baseUrl: string, found: Findings): string[] {
  return [
    ...setting('AR24_BASE_URL', baseUrl, 'where the probe ran: production has another address'),
    ...dateSettings(found),
    ...accountSettings(found),
    ...termsSettings(found),
    ...parameterSettings(found),
    ...webhookSettings(found),
  ];
}

function dateSettings({ futureToleranceS: ahead, dateReuse }: Findings): Lines {
  return [
    ...(ahead === undefined
      ? NONE
      : setting('AR24_DATE_AHEAD_S', aheadFor(ahead), `AR24 accepts dates until ${ahead} s ahead`)),
    ...(dateReuse === undefined || dateReuse === 'success'
      ? NONE
      : setting(
          'AR24_DATE_SHARE',
          '1/1',
          'AR24 accepts each date once; with two workers 1/2 and 2/2',
        )),
  ];
}

function aheadFor(mostS: number): number {
  return mostS - SPARE_S >= AHEAD_S ? AHEAD_S : Math.max(0, Math.floor(mostS / 2));
}

function accountSettings(found: Findings): Lines {
  const { emailCase, accessNoAccount, accessAgain, accessMails, paymentLinkField } = found;
  return [
    ...(emailCase === undefined
      ? NONE
      : setting('AR24_EMAIL_CASE', emailCase, 'found by an address in capital letters')),
    ...noAccount(accessNoAccount),
    ...(accessAgain === 'success' && accessMails === 1
      ? setting('ONBOARDING_REMIND_ATTACHMENT', 0, 'a repeated request_access mails nobody')
      : NONE),
    ...linkSetting(paymentLinkField),
    ...duplicateOfOthers(found.duplicateUnattached),
  ];
}

function linkSetting(path: string | undefined): Lines {
  // The worker accepts a link as the whole result.
  if (path === undefined || path === '.') return NONE;
  if (topLevel(path) !== undefined) {
    return setting('AR24_PAYMENT_LINK_FIELDS', path, 'the field that held a link');
  }
  return [
    `# No setting fits: the payment link is at ${path}, below the first level (ar24/client.ts).`,
  ];
}

/** The slugs of activities/create-account.ts, after which the worker asks the holder for access. */
const TAKEN = ['user_already_exist', 'user_not_created', 'user_unavailable'];

function duplicateOfOthers(outcome: string | undefined): Lines {
  if (outcome === undefined || TAKEN.includes(outcome)) return NONE;
  if (outcome === 'success') {
    return ['# No setting fits: AR24 creates a second account for a holder who has one.'];
  }
  return [
    `# No setting fits: a creation for a holder who has an account answers ${outcome}, which the worker takes for a`,
    '# refusal of a field, not for a holder to ask for access (activities/create-account.ts).',
  ];
}

function noAccount(outcome: string | undefined): Lines {
  if (outcome === undefined) return NONE;
  if (/^[a-z0-9_]+$/.test(outcome) && outcome !== 'success') {
    return setting(
      'AR24_NO_ACCOUNT_SLUGS',
      outcome,
      'request_access for an address without an account',
    );
  }
  return [
    `# No setting fits: request_access for an address without an account answers ${outcome}.`,
  ];
}

function termsSettings({ termsMails, termsAccepted }: Findings): Lines {
  return [
    ...(termsMails === undefined
      ? NONE
      : setting(
          'ONBOARDING_TERMS_MAIL',
          termsMails > 0 ? 'automatic' : 'request',
          `mails about the terms, sent on a creation: ${termsMails}`,
        )),
    ...(termsAccepted === undefined
      ? NONE
      : setting(
          'ONBOARDING_TERMS_PROOF',
          termsAccepted.changed.includes('cgu') ? 'field' : 'claim',
          `the field cgu ${termsAccepted.changed.includes('cgu') ? 'changed' : 'did not change'} when the terms were accepted`,
        )),
  ];
}

function parameterSettings({ termsParameter, confirmedParameter }: Findings): Lines {
  return [
    ...choice('ONBOARDING_PREACCEPTED_TERMS', 'cgu=1', termsParameter),
    ...choice('ONBOARDING_PRECONFIRMED_EMAIL', 'confirmed=1', confirmedParameter),
  ];
}

/** An account that is not attached yet is known to us by its address only. */
function webhookSettings({ webhooks }: Findings): Lines {
  if (webhooks === undefined) return NONE;
  const { access_granted: access, terms_accepted: terms } = webhooks.events;
  const namesPeople = webhooks.shapes.some(({ fields }) => Object.values(fields).includes('email'));
  const announced = access === true && terms === true && namesPeople;
  return setting(
    'ONBOARDING_AR24_WEBHOOKS',
    announced ? 1 : 0,
    announced
      ? 'webhooks announced that access was granted and the terms accepted, with the address'
      : 'no webhooks with an address announced that access was granted and the terms accepted',
  );
}

/** What AR24 permits is not yet what the partner may do: the line is a comment until somebody decides. */
function choice(name: string, parameter: string, handling: Findings['termsParameter']): Lines {
  if (handling === undefined) return NONE;
  if (handling !== 'honoured') return setting(name, 0, `${parameter} is ${handling}`);
  return [
    `# ${parameter} is honoured. Set this only if you have the evidence for each person (docs/configuration.md):`,
    `# ${name}=1`,
  ];
}
