/** One field of the form as the page shows it. */
import { hasFrenchPostcodes } from '../../../client/schemas/form/countries.ts';
import { faultInSiret, siretIn } from '../../../client/schemas/form/siret.ts';
import type { PageWords } from '../words/page-words.ts';
import { countriesIn, hasNoPostcodes } from './countries.ts';
import { needOf, type FieldName, type TypedValues } from './fields.ts';

export interface FieldOnPage {
  readonly name: FieldName;
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: 'text' | 'email' | 'choice' | 'list' | 'tick';
  readonly required: 'yes' | 'no';
  /** Whether the label says that the field is optional. */
  readonly optional: 'yes' | 'no';
  readonly value: string;
  readonly fault: string;
  readonly describedBy: string;
  readonly autocomplete: string;
  readonly inputmode: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** The text of a button that looks up the company by this field, or empty. */
  readonly lookUp: string;
}

/** The input of each field. The type requires every field of the form. */
const INPUT: Readonly<
  Record<FieldName, Pick<FieldOnPage, 'kind'> & { autocomplete?: string; inputmode?: string }>
> = {
  statut: { kind: 'choice' },
  gender: { kind: 'choice' },
  firstname: { kind: 'text', autocomplete: 'given-name' },
  lastname: { kind: 'text', autocomplete: 'family-name' },
  address1: { kind: 'text', autocomplete: 'address-line1' },
  address2: { kind: 'text', autocomplete: 'address-line2' },
  zipcode: { kind: 'text', autocomplete: 'postal-code' },
  city: { kind: 'text', autocomplete: 'address-level2' },
  country: { kind: 'list', autocomplete: 'country' },
  company: { kind: 'text', autocomplete: 'organization' },
  company_siret: { kind: 'text', autocomplete: 'off', inputmode: 'numeric' },
  company_tva: { kind: 'text', autocomplete: 'off' },
  is_legal_entity: { kind: 'tick' },
  notif_billing: { kind: 'tick' },
  billing_email: { kind: 'email', autocomplete: 'email', inputmode: 'email' },
};

export function fieldOnPage(
  field: FieldName,
  typed: TypedValues,
  fault: string,
  words: PageWords,
  mayLookUp: 'yes' | 'no',
): FieldOnPage {
  const { form } = words;
  const { kind, autocomplete = '', inputmode = '' } = INPUT[field];
  const hint = hintOf(field, typed, words);
  const need = needOf(field, typed);
  const value = typed[field] ?? '';
  const id = `f-${field}`;
  const described = [
    ...(hint === '' ? [] : [`${id}-hint`]),
    ...(fault === '' ? [] : [`${id}-fault`]),
  ];
  return {
    ...{ name: field, id, label: form.field[field].label, hint, kind, fault },
    ...{ autocomplete, inputmode },
    required: need === 'required' ? 'yes' : 'no',
    optional: need === 'optional' && kind !== 'tick' ? 'yes' : 'no',
    value: field === 'company_siret' && fault === '' ? inGroups(value) : value,
    describedBy: described.join(' '),
    options: optionsOf(field, words),
    lookUp: field === 'company_siret' && mayLookUp === 'yes' ? form.lookUp : '',
  };
}

function hintOf(field: FieldName, typed: TypedValues, { form }: PageWords): string {
  const { country = '' } = typed;
  if (field === 'zipcode' && hasNoPostcodes(country)) return form.noPostcodes;
  if (field === 'zipcode' && hasFrenchPostcodes(country)) return form.frenchPostcode;
  if (needOf(field, typed) === 'wanted') return form.wanted;
  return form.field[field].hint ?? '';
}

/** As France writes it: SIREN in threes, and then the office. Easier to compare with a paper. */
function inGroups(written: string): string {
  const siret = siretIn(written);
  if (faultInSiret(siret) !== undefined) return written;
  return siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1 $2 $3 $4');
}

function optionsOf(field: FieldName, { form, locale }: PageWords): FieldOnPage['options'] {
  const listed = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label }));
  if (field === 'gender') return listed(form.gender);
  if (field === 'statut') return listed(form.statut);
  return field === 'country'
    ? countriesIn(locale).map(({ code, name }) => ({ value: code, label: name }))
    : [];
}
