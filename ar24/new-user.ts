/** What `POST /user` takes of a new account, and how it refuses each field. */

/**
 * The parameters of `POST /user` that this library sends (docs/ar24-api.md 3.1): a fixed list, by
 * AR24's own names. Empty and undefined fields are not sent, since AR24 takes empty for absent.
 * `password` and `webhook` are not among them on purpose.
 */
export interface NewUser {
  readonly firstname: string;
  readonly lastname: string;
  /** AR24's key of uniqueness; must be reachable. */
  readonly email: string;
  readonly gender: 'M' | 'F';
  readonly statut: 'particulier' | 'professionnel' | 'administration' | 'association';
  /** Also where AR24 sends the letter with the key of a verified identity. */
  readonly address1: string;
  readonly address2?: string | undefined;
  readonly zipcode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly company?: string | undefined;
  /** Required in France and overseas for `professionnel` and `administration`. */
  readonly company_siret?: string | undefined;
  /** Required in Europe for `professionnel` and `administration`. */
  readonly company_tva?: string | undefined;
  /** `1`: letters go out in the company's name. */
  readonly is_legal_entity?: '0' | '1' | undefined;
  readonly notif_billing?: '0' | '1' | undefined;
  readonly billing_email?: string | undefined;
  /** The partner's own reference; it tells an account of ours from another's. */
  readonly custom_ref?: string | undefined;
  /** The terms were accepted on the partner's side; needs a setting of AR24's on the token. */
  readonly cgu?: '1' | undefined;
  /** The e-mail address counts as confirmed. */
  readonly confirmed?: '1' | undefined;
}

export type NewUserField = keyof NewUser;

/**
 * Every field of {@link NewUser}, with the slugs by which AR24 refuses it (docs/ar24-api.md 3.3).
 * An empty list: no slug is public for this field, so that a bad value comes as the generic
 * `user_not_created`, or as a slug nobody knows yet.
 */
export const NEW_USER_FIELDS = {
  firstname: ['missing_firstname'],
  lastname: ['missing_lastname'],
  email: ['missing_email', 'email_wrong_format'],
  gender: ['error_gender'],
  statut: [],
  // The slug does not carry the digit of the parameter.
  address1: ['missing_address'],
  address2: [],
  zipcode: ['missing_zipcode'],
  city: ['missing_city'],
  country: ['missing_country', 'error_country'],
  company: [],
  // `error_company_siret`: AR24 found no company for that number.
  company_siret: ['missing_company_siret', 'error_company_siret'],
  company_tva: ['missing_company_tva'],
  is_legal_entity: [],
  notif_billing: [],
  billing_email: [],
  custom_ref: [],
  cgu: [],
  confirmed: [],
} as const satisfies Readonly<Record<NewUserField, readonly string[]>>;

export function isNewUserField(field: string): field is NewUserField {
  return Object.hasOwn(NEW_USER_FIELDS, field);
}
