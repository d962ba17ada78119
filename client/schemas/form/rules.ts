/**
 * The rules of the registration form, in one table for the API, the page, events, imports and the command line. An
 * impossible value is refused. A value that AR24 will probably refuse, or that may be a mistake, is doubtful.
 */
import type { FormField } from '../../../workflows/contract/index.ts';
import { brokenText } from './broken-text.ts';
import { COUNTRIES, knowsSiretOnly, wantsSiret } from './countries.ts';
import { faultInPostcode } from './postcode.ts';
import { faultInSiret } from './siret.ts';
import { faultInVatNumber, wantsVatNumber } from './vat-number.ts';

const AS_TEXT = 'format the column as text before you type or paste';

/** The message of each rule, for programmers and operators. It follows the field's name, and never has a value. */
export const RULES = {
  formula: 'is a spreadsheet formula, such as ="01000": enter the value itself',
  'spreadsheet-error': 'is a spreadsheet error, such as #REF!, and not a value',
  'no-value':
    'is a placeholder of a program, such as undefined: leave it empty, or enter the value',
  nothing: 'looks like a placeholder of a program, such as NULL',
  'double-encoded':
    'contains letters that were encoded twice, such as "Ã©" for "é": read the source as UTF-8',
  'odd-letters':
    'contains a character that is not a letter, such as "‚" for "é": the source was read in a wrong encoding',
  'rare-capital':
    'contains a capital within a word, such as "Š" for "è": the source may have another encoding',
  'country-unknown': 'is not a country code of ISO 3166-1, such as FR',
  'postcode-form': 'is not a French postcode, which has 5 digits',
  'postcode-zero': `has 4 digits, and a French postcode has 5: a spreadsheet may have removed a leading zero; ${AS_TEXT}`,
  'postcode-corsica': 'begins with 2A or 2B: the postcodes of Corsica begin with 20',
  'postcode-area': 'is not a known postcode of its country or territory',
  'siret-siren': 'has 9 digits, as a SIREN has: a SIRET has 14',
  'siret-zeros': `has fewer than 14 digits, and a SIRET has 14: a spreadsheet may have removed leading zeros; ${AS_TEXT}`,
  'siret-power': `is a power of ten, written by a spreadsheet, and its last digits are lost: ${AS_TEXT}`,
  'siret-decimals': `has decimals, added by a spreadsheet: ${AS_TEXT}`,
  'siret-form': 'is not a SIRET, which has 14 digits',
  'siret-key':
    'is not a SIRET: its check digit does not fit, so a digit is wrong, or two digits are swapped',
  'siret-wanted': 'AR24 expects a SIRET from every business and public body in France',
  'vat-form': 'is not a VAT number, such as FR40303265045',
  'vat-key': 'may not be a VAT number: its check digits do not fit',
  'vat-country': 'is a VAT number of a country other than that of the address',
  'vat-siren': 'is a VAT number of a company other than that of the SIRET',
  'vat-wanted':
    'AR24 expects a VAT number from every business and public body in the European Union',
} as const;
export type Rule = keyof typeof RULES;

export interface Judgement {
  readonly field: FormField;
  readonly rule: Rule;
  readonly verdict: 'doubtful' | 'refused';
}

/** The texts of a form. It may be incomplete. */
export type Texts = Readonly<Partial<Record<FormField, string | undefined>>>;
type Said = Omit<Judgement, 'field'> | undefined;

const doubtful = (rule: Rule): Said => ({ rule, verdict: 'doubtful' });
const refused = (rule: Rule): Said => ({ rule, verdict: 'refused' });

type Judge = (value: string, form: Texts) => Said;

const JUDGES: Readonly<Partial<Record<FormField, Judge>>> = {
  firstname: (value) => ofText(value, true),
  lastname: (value) => ofText(value, true),
  city: (value) => ofText(value, true),
  address1: (value) => ofText(value, false),
  address2: (value) => ofText(value, false),
  company: (value) => ofText(value, false),
  country: (value) => (COUNTRIES.has(value) ? undefined : refused('country-unknown')),
  zipcode: (value, { country = '' }) => worse(ofPostcode(value, country), ofText(value, false)),
  company_siret: (value, form) => worse(ofSiret(value, form), ofText(value, false)),
  company_tva: (value, form) => worse(ofVatNumber(value, form), ofText(value, false)),
};

/**
 * @param form after its cleaning; fields that were not readable are absent
 * @returns at most one judgement for each field
 */
export function judge(form: Texts): readonly Judgement[] {
  const present = Object.keys(JUDGES) as readonly FormField[];
  return present.flatMap((field) => {
    const value = form[field];
    const said = value === undefined ? ofNone(field, form) : JUDGES[field]?.(value, form);
    return said === undefined ? [] : [{ field, ...said }];
  });
}

function worse(own: Said, general: Said): Said {
  return general?.verdict === 'refused' ? general : (own ?? general);
}

function ofText(value: string, isName: boolean): Said {
  const broken = brokenText(value, isName);
  if (broken === undefined) return undefined;
  return broken === 'nothing' || broken === 'rare-capital' ? doubtful(broken) : refused(broken);
}

function ofNone(field: FormField, { statut, country }: Texts): Said {
  const isBusiness = statut === 'professionnel' || statut === 'administration';
  if (!isBusiness || country === undefined) return undefined;
  if (field === 'company_siret' && wantsSiret(country)) return doubtful('siret-wanted');
  if (field === 'company_tva' && wantsVatNumber(country)) return doubtful('vat-wanted');
  return undefined;
}

function ofPostcode(value: string, country: string): Said {
  const fault = faultInPostcode(value, country);
  if (fault === undefined) return undefined;
  return fault === 'area' ? doubtful('postcode-area') : refused(`postcode-${fault}`);
}

/** AR24 may not check the SIRET of private persons, or in territories where companies have other numbers. */
function ofSiret(value: string, { statut, country = '' }: Texts): Said {
  const fault = faultInSiret(value);
  if (fault === undefined) return undefined;
  const isDamaged = fault === 'power' || fault === 'decimals';
  const isWanted = statut !== 'particulier' || fault === 'zeros';
  const isSure = isDamaged || (isWanted && knowsSiretOnly(country));
  return isSure ? refused(`siret-${fault}`) : doubtful(`siret-${fault}`);
}

function ofVatNumber(value: string, { statut, country = '', company_siret: siret }: Texts): Said {
  const fault = faultInVatNumber(value, country, siret);
  if (fault === undefined) return undefined;
  const isSure = fault === 'form' && statut !== 'particulier';
  return isSure ? refused('vat-form') : doubtful(`vat-${fault}`);
}
