import type { Switches } from '../settings/switches.ts';
import { LONGEST_TEXT, PREFERENCES, TEXTS } from '../state/account.ts';
import { isCountry, isFrench, needsVatNumber } from './countries.ts';
import { isEmail } from '../state/email.ts';
import type { Parameters } from './parameters.ts';
import { isSiret } from './siret.ts';

/** Required fields, and the slug by which AR24 says that one is absent (docs/ar24-api.md 3.3). */
const REQUIRED = [
  ['firstname', 'missing_firstname'],
  ['lastname', 'missing_lastname'],
  ['email', 'missing_email'],
  ['address1', 'missing_address'],
  ['zipcode', 'missing_zipcode'],
  ['city', 'missing_city'],
  ['country', 'missing_country'],
] as const;

const STATUTS = ['particulier', 'professionnel', 'administration', 'association'];
/** Those who must name their company. */
const BUSINESSES = ['professionnel', 'administration'];
/** As in the European VAT information system: country, then 2 to 12 characters. */
const VAT_NUMBER = /^[A-Z]{2}[0-9A-Z+*]{2,12}$/;

/** Parameters that are `0` or `1`. */
const FLAGS = [...PREFERENCES, 'confirmed', 'cgu'];

/** No slug is public for these; the generic one. */
const GENERIC = 'user_not_created';

/** The slug of the first thing that is wrong with a new account's fields, or undefined. */
export function wrongNewUser(given: Parameters, switches: Switches): string | undefined {
  return (
    REQUIRED.find(([name]) => !given.has(name))?.[1] ??
    wrongPerson(given, switches) ??
    wrongAddress(given) ??
    wrongCompany(given, switches) ??
    wrongForm(given)
  );
}

/** What AR24 does with these is not public: the stricter reading. */
function wrongForm(given: Parameters): string | undefined {
  const flagged = FLAGS.every((name) => ['0', '1', undefined].includes(given.get(name)));
  const fits = TEXTS.every((name) => (given.get(name) ?? '').length <= LONGEST_TEXT);
  return flagged && fits ? undefined : GENERIC;
}

function wrongPerson(given: Parameters, { genderRequired }: Switches): string | undefined {
  const gender = given.get('gender');
  if (!isEmail(given.get('email') ?? '')) return 'email_wrong_format';
  if (gender === undefined ? genderRequired : !['M', 'F'].includes(gender)) return 'error_gender';
  if (!STATUTS.includes(given.get('statut') ?? '')) return GENERIC;
  const billing = given.get('billing_email');
  return billing !== undefined && !isEmail(billing) ? GENERIC : undefined;
}

function wrongAddress(given: Parameters): string | undefined {
  const country = given.get('country') ?? '';
  if (!isCountry(country)) return 'error_country';
  const zipcode = given.get('zipcode') ?? '';
  const wellFormed = isFrench(country) ? /^\d{5}$/ : /^[\p{L}\d][\p{L}\d -]{0,11}$/u;
  return wellFormed.test(zipcode) ? undefined : GENERIC;
}

function wrongCompany(given: Parameters, switches: Switches): string | undefined {
  const statut = given.get('statut') ?? '';
  const country = given.get('country') ?? '';
  const business = BUSINESSES.includes(statut);
  const siret = given.get('company_siret');
  if (siret === undefined) {
    if (business && isFrench(country)) return 'missing_company_siret';
    // The number of a private person is not looked up.
  } else if (statut !== 'particulier' && isFrench(country)) {
    if (!isSiret(siret) || switches.unknownSirets.includes(siret)) return 'error_company_siret';
  }
  const vatNumber = given.get('company_tva');
  if (vatNumber === undefined) {
    const needed = business && needsVatNumber(country, switches.vatRequiredInFrance);
    return needed ? 'missing_company_tva' : undefined;
  }
  return business && !VAT_NUMBER.test(vatNumber.replaceAll(' ', '')) ? GENERIC : undefined;
}
