import { COUNTRIES, FRENCH } from '../../ar24/countries.ts';
import type { Switches } from '../settings/switches.ts';
import { LONGEST_TEXT, PREFERENCES, TEXTS } from '../state/account.ts';
import { isEmail } from '../state/email.ts';
import type { Parameters } from './call.ts';

/** Required fields, and AR24's slug for the absence of each (docs/ar24-api.md 3.3). */
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
/** Account types that require a company. */
const BUSINESSES = ['professionnel', 'administration'];
/** As in the European VAT information system: country, then 2 to 12 characters. */
const VAT_NUMBER = /^[A-Z]{2}[0-9A-Z+*]{2,12}$/;

/** Parameters that are `0` or `1`. */
const FLAGS = [...PREFERENCES, 'confirmed', 'cgu'];

/** Used where AR24's slug is not public. */
const GENERIC = 'user_not_created';

/** The slug of the first invalid field of a new account, or undefined. */
export function wrongNewUser(given: Parameters, switches: Switches): string | undefined {
  return (
    REQUIRED.find(([name]) => !given.has(name))?.[1] ??
    wrongPerson(given, switches) ??
    wrongAddress(given) ??
    wrongCompany(given, switches) ??
    wrongForm(given)
  );
}

/** AR24's rules for these are not public: the simulator takes the stricter reading. */
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
  if (!COUNTRIES.has(country)) return 'error_country';
  const zipcode = given.get('zipcode') ?? '';
  const wellFormed = FRENCH.has(country) ? /^\d{5}$/ : /^[\p{L}\d][\p{L}\d -]{0,11}$/u;
  return wellFormed.test(zipcode) ? undefined : GENERIC;
}

function wrongCompany(given: Parameters, switches: Switches): string | undefined {
  const statut = given.get('statut') ?? '';
  const country = given.get('country') ?? '';
  const business = BUSINESSES.includes(statut);
  const siret = given.get('company_siret');
  if (siret === undefined) {
    if (business && FRENCH.has(country)) return 'missing_company_siret';
    // The number of a private person is not checked.
  } else if (statut !== 'particulier' && FRENCH.has(country)) {
    if (!isSiret(siret) || switches.unknownSirets.includes(siret)) return 'error_company_siret';
  }
  const vatNumber = given.get('company_tva');
  if (vatNumber === undefined) {
    const needed = business && needsVatNumber(country, switches.vatRequiredInFrance);
    return needed ? 'missing_company_tva' : undefined;
  }
  return business && !VAT_NUMBER.test(vatNumber.replaceAll(' ', '')) ? GENERIC : undefined;
}

/** Members of the European Union but France. */
const EU: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/** Where a VAT number is required; whether in France too is not public (docs/ar24-api.md 3.1). */
function needsVatNumber(code: string, inFrance: boolean): boolean {
  return EU.has(code) || (inFrance && code === 'FR');
}

const FORM = /^\d{14}$/;
/** La Poste's offices share a SIREN, and have their own checksum rule. */
const LA_POSTE = '356000000';

/** Whether the check digit of a SIRET is right (Luhn). Spaces are not accepted. */
function isSiret(text: string): boolean {
  if (!FORM.test(text)) return false;
  const digits = Array.from(text, Number);
  if (luhnSum(digits) % 10 === 0) return true;
  return text.startsWith(LA_POSTE) && sum(digits) % 5 === 0;
}

function luhnSum(digits: readonly number[]): number {
  return sum(
    digits.toReversed().map((digit, place) => {
      const weighed = place % 2 === 0 ? digit : digit * 2;
      return weighed > 9 ? weighed - 9 : weighed;
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
