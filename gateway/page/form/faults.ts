import type { Rule } from '../../../client/schemas/form/rules.ts';

/** The faults of a single field that we find ourselves, before AR24 gets the form. */
export const FORM_FAULTS = ['missing', 'too-long', 'one-line', 'wrong'] as const;
export type FormFault = (typeof FORM_FAULTS)[number];

/** Or a rule of the table that the API, events and imports use too. */
export type FieldFault = FormFault | Rule;

export function isFormFault(fault: FieldFault): fault is FormFault {
  return FORM_FAULTS.some((one) => one === fault);
}

/** AR24's error codes for a new account (docs/ar24-api.md 3.3). AR24 may have others. */
export const SLUGS = [
  'missing_firstname',
  'missing_lastname',
  'missing_email',
  'missing_address',
  'missing_city',
  'missing_zipcode',
  'missing_country',
  'email_wrong_format',
  'error_country',
  'error_gender',
  'missing_company_siret',
  'missing_company_tva',
  'error_company_siret',
  'user_already_exist',
  'user_not_created',
  'user_unavailable',
] as const;
export type Slug = (typeof SLUGS)[number];

export function knownSlug(slug: string): Slug | undefined {
  return SLUGS.find((one) => one === slug);
}
