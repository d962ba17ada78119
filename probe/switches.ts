/** The switches of the simulator that follow from findings, so that it behaves as AR24 was found to. */
import type { Switches } from '../simulator/index.ts';
import type { Findings } from './findings.ts';

interface NotProbed {
  /** Why no step finds it out. */
  readonly notProbed: string;
}

type Rule<Name extends keyof Switches> =
  ((found: Findings) => Switches[Name] | undefined) | NotProbed;

/** Undefined for anything but a slug of AR24's. */
function slug(outcome: string | undefined): string | undefined {
  return outcome !== undefined && outcome !== 'success' && /^[a-z0-9_]{1,64}$/.test(outcome)
    ? outcome
    : undefined;
}

function successOrError(outcome: string | undefined): 'success' | 'error' | undefined {
  if (outcome === 'success') return 'success';
  return slug(outcome) === undefined ? undefined : 'error';
}

/** Whether a parameter is required, by the outcome of a creation without it. */
function required(outcome: string | undefined): boolean | undefined {
  if (outcome === 'success') return false;
  return slug(outcome) === undefined ? undefined : true;
}

/** The simulator nests no field. */
export function topLevel(path: string | undefined): string | undefined {
  return path === undefined || path.includes('.') ? undefined : path;
}

const WEBHOOK_STATES: Switches['webhookStates'] = [
  'access_granted',
  'access_refused',
  'access_withdrawn',
  'email_confirmed',
  'terms_accepted',
  'payment_active',
  'identity_verified',
  'terms_renewed',
  'payment_lost',
  'identity_revoked',
];

const RULES: { readonly [Name in keyof Switches]: Rule<Name> } = {
  encryptSuccesses: ({ successEncrypted }) => successEncrypted,
  requireSignature: ({ missingDate, missingSignature }) =>
    missingDate === undefined || missingSignature === undefined
      ? undefined
      : missingDate !== 'success' || missingSignature !== 'success',
  checkOrder: ({ checkOrder }) => (checkOrder === 'other' ? undefined : checkOrder),
  pastToleranceS: ({ pastToleranceS: s }) => (s === undefined ? undefined : Math.max(0, s)),
  repeatedHour: { notProbed: 'it shows in one hour of the year only, in autumn' },
  rejectDateReuse: ({ dateReuse }) => required(dateReuse),
  dateReuseSlug: ({ dateReuse }) => slug(dateReuse),
  wrongSignatureSlug: ({ wrongSignature }) => slug(wrongSignature),
  defaultLanguage: ({ messageLanguage: language }) =>
    language === 'en' || language === 'fr' || language === 'nl' ? language : undefined,
  duplicateSlug: ({ duplicate, duplicateUnattached }) =>
    slug(duplicate) ?? slug(duplicateUnattached),
  emailCase: ({ emailCase }) => emailCase,
  confirmedParameter: ({ confirmedParameter }) => confirmedParameter,
  cguParameter: ({ termsParameter }) => termsParameter,
  refusedParameterSlug: ({ termsParameter, createTerms, confirmedParameter, createConfirmed }) => {
    if (termsParameter === 'refused') return slug(createTerms);
    return confirmedParameter === 'refused' ? slug(createConfirmed) : undefined;
  },
  termsMailOnCreation: ({ termsMails }) => (termsMails === undefined ? undefined : termsMails > 0),
  genderRequired: ({ createNoGender }) => required(createNoGender),
  vatRequiredInFrance: ({ createNoVat }) => {
    if (createNoVat === 'success') return false;
    return createNoVat === 'missing_company_tva' ? true : undefined;
  },
  unknownSirets: { notProbed: 'it is a list of companies, of which the probe is given one' },
  accessNoAccountSlug: ({ accessNoAccount }) => slug(accessNoAccount),
  alreadyAttachedAnswer: ({ accessAttached }) => successOrError(accessAttached),
  alreadyAttachedSlug: ({ accessAttached }) => slug(accessAttached),
  pendingAccessAgain: ({ accessAgain, accessMails }) => {
    if (accessAgain !== 'success' || accessMails === undefined) return undefined;
    return accessMails > 1 ? 'mail' : 'silent';
  },
  refusedAccessAgain: ({ accessAfterRefusal }) => {
    if (accessAfterRefusal === 'success') return 'mail';
    return slug(accessAfterRefusal) === undefined ? undefined : 'error';
  },
  refusedAccessSlug: ({ accessAfterRefusal }) => slug(accessAfterRefusal),
  termsAcceptedAnswer: ({ termsWhenAccepted }) => successOrError(termsWhenAccepted),
  termsAcceptedSlug: ({ termsWhenAccepted }) => slug(termsWhenAccepted),
  paymentLinkField: ({ paymentLinkField }) => topLevel(paymentLinkField),
  identityNoAddressSlug: {
    notProbed: 'AR24 requires a postal address, so that each account of the probe has one',
  },
  identityOnOrder: ({ identityOrderAgain: again, identityLetters: letters }) => {
    if (slug(again) !== undefined) return 'error';
    if (again !== 'success' || letters === undefined) return undefined;
    return letters > 1 ? 'letter' : 'silent';
  },
  identityOnOrderSlug: ({ identityOrderAgain }) => slug(identityOrderAgain),
  identityDays: { notProbed: 'it shows after months only' },
  certificateShown: { notProbed: 'it needs an account with a certificate' },
  confirmationLinkMinutes: { notProbed: 'it would take an hour or more' },
  confirmationLinkOver: { notProbed: 'it would take an hour or more' },
  emptyResult: ({ emptyResult }) => (emptyResult === 'other' ? undefined : emptyResult),
  numbersAs: ({ numbersAs }) => numbersAs,
  extraFields: ({ extraFields }) =>
    extraFields === undefined ? undefined : extraFields.length > 0,
  identityField: ({ identityUnverified: shown }) => (shown === 'other' ? undefined : shown),
  hideFields: ({ hiddenFields }) => hiddenFields,
  customRefShown: ({ customRefShown }) => customRefShown,
  webhookUrl: { notProbed: 'it is the address of your own server: add --switch webhookUrl=…' },
  webhookEncoding: ({ webhooks }) => {
    const encoding = webhooks?.shapes[0]?.encoding;
    return encoding === 'other' ? undefined : encoding;
  },
  webhookFields: ({ webhooks }) => webhookFields(webhooks),
  webhookStates: ({ webhooks }) => {
    if (webhooks === undefined) return undefined;
    const silent = Object.entries(webhooks.events).flatMap(([event, came]) =>
      came ? [] : [event],
    );
    return WEBHOOK_STATES.filter((state) => !silent.includes(state));
  },
};

/** The content of each field, as far as the simulator can imitate it. */
function webhookFields(webhooks: Findings['webhooks']): Switches['webhookFields'] | undefined {
  const fields: Switches['webhookFields'] = {};
  for (const { fields: seen } of webhooks?.shapes ?? []) {
    for (const [name, content] of Object.entries(seen)) {
      if (topLevel(name) === undefined) continue;
      if (content === 'word') fields[name] = 'state';
      else if (content !== 'number' && content !== 'other') fields[name] = content;
    }
  }
  return Object.keys(fields).length === 0 ? undefined : fields;
}

/** Only the switches that are known. */
export function switchesFrom(findings: Findings): Partial<Switches> {
  const known = Object.entries(RULES)
    .map(([name, rule]) => [name, typeof rule === 'function' ? rule(findings) : undefined])
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Partial<Switches>;
}

/** The switches that no step finds, with the reason. */
export const NOT_PROBED: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(RULES).flatMap(([name, rule]) =>
    typeof rule === 'function' ? [] : [[name, rule.notProbed]],
  ),
);
