/** The fields of `POST /user`, which creates an account, and the slugs by which AR24 refuses each. */

/**
 * The parameters of `POST /user` that this library sends (docs/ar24-api.md 3.1): a fixed list, under AR24's own
 * names. Empty and undefined fields are not sent: to AR24, empty means absent. `password` and `webhook` are left
 * out on purpose.
 */
export interface NewUser {
  readonly firstname: string;
  readonly lastname: string;
  /** AR24 has at most one account for each address. AR24 sends mail to it. */
  readonly email: string;
  readonly gender: 'M' | 'F';
  readonly statut: 'particulier' | 'professionnel' | 'administration' | 'association';
  /** AR24 sends the letter with the key for a verified identity to this address. */
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
  /** `1`: letters are sent in the company's name. */
  readonly is_legal_entity?: '0' | '1' | undefined;
  readonly notif_billing?: '0' | '1' | undefined;
  readonly billing_email?: string | undefined;
  /** The partner's own reference. It shows that we created the account. */
  readonly custom_ref?: string | undefined;
  /** The person accepted the terms at the partner. AR24 has to enable this for the token. */
  readonly cgu?: '1' | undefined;
  /** The e-mail address counts as confirmed. */
  readonly confirmed?: '1' | undefined;
}

export type NewUserField = keyof NewUser;

/**
 * Every field of {@link NewUser}, with the slugs by which AR24 refuses it (docs/ar24-api.md 3.3). An empty list: no
 * slug is public for this field, so AR24 answers the generic `user_not_created`, or a slug that is not known yet.
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
