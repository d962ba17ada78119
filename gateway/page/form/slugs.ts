/** AR24's words for what it refuses in a new account (docs/ar24-api.md 3.3). It may have others. */
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
