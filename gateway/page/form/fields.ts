/** The fields of the form: the step in which each appears, and for whom. */
import { FORM_FIELDS, type RegistrationForm } from '../../../client/index.ts';
import {
  countryCode,
  knowsSiretOnly,
  wantsSiret as isNumberedInFrance,
} from '../../../client/schemas/form/countries.ts';
import { asSeen } from '../../../client/schemas/invisible.ts';
import { wantsVatNumber } from '../../../client/schemas/form/vat-number.ts';

export type FieldName = keyof RegistrationForm;
export type TypedValues = Readonly<Partial<Record<FieldName, string>>>;

/** All fields, in the order of the page. */
export const GROUPS = {
  kind: ['statut', 'country'],
  organisation: ['company_siret', 'company', 'company_tva', 'is_legal_entity'],
  person: ['gender', 'firstname', 'lastname'],
  address: ['address1', 'address2', 'zipcode', 'city'],
  invoices: ['notif_billing', 'billing_email'],
} as const satisfies Readonly<Record<string, readonly FieldName[]>>;
export type GroupName = keyof typeof GROUPS;

/** The person says who they are first. The second step then asks only for what applies. */
export type FormStep = 'kind' | 'details';

export const STEPS = {
  kind: ['kind'],
  details: ['organisation', 'person', 'address', 'invoices'],
} as const satisfies Readonly<Record<FormStep, readonly GroupName[]>>;

export const FIELDS: readonly FieldName[] = Object.values(GROUPS).flat();

/** The country of most senders, which the list shows first and has selected. */
export const FRANCE = 'FR';

/**
 * - `required`: the page accepts no form without it
 * - `wanted`: AR24 usually wants it; without it the person is asked to check
 * - `none`: it does not apply, and is neither shown nor sent
 */
export type Need = 'required' | 'wanted' | 'optional' | 'none';

export function needOf(field: FieldName, { statut, country: written }: TypedValues): Need {
  const country = countryCode(asSeen(written ?? FRANCE));
  const isOrganisation = statut !== undefined && statut !== 'particulier';
  const isBusiness = isOrganisation && statut !== 'association';
  switch (field) {
    case 'company':
      return isOrganisation ? 'required' : 'none';
    case 'is_legal_entity':
      return isOrganisation ? 'optional' : 'none';
    case 'company_siret':
      if (!isOrganisation || !isNumberedInFrance(country)) return 'none';
      if (!isBusiness) return 'optional';
      return knowsSiretOnly(country) ? 'required' : 'wanted';
    case 'company_tva':
      if (!isOrganisation) return 'none';
      return isBusiness && wantsVatNumber(country) ? 'wanted' : 'optional';
    default:
      return FORM_FIELDS[field];
  }
}

/** The entries that apply to this person. Others stay on the page, for a change of mind, and are not sent. */
export function applicable(typed: TypedValues): TypedValues {
  return Object.fromEntries(
    Object.entries(typed).filter(([name]) =>
      FIELDS.some((field) => field === name && needOf(field, typed) !== 'none'),
    ),
  );
}
