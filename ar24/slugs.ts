/**
 * The meaning of AR24's slugs (error codes), per call. A slug that is not in the table of its call is unknown
 * there, even if another call has it: guessing could turn a fault into a "no".
 *
 * Two slugs are not public and so not here: the one for a wrong signature, and the answer of `request_access` for
 * an address without an account (an option of the client). docs/ar24-api.md 3.3, 4.1, 5, 7.4 and 10.
 */
import type { EndpointName } from './endpoints.ts';
import { isNewUserField, NEW_USER_FIELDS, type NewUserField } from './new-user.ts';

/** One of our parameters, as named by a refusal. */
export type Ar24Field = NewUserField | 'id_user';

export type SlugMeaning =
  /** The token or the signature is missing or wrong. */
  | { readonly means: 'credentials' }
  /** The `date` is missing, malformed, or outside AR24's window. */
  | { readonly means: 'clock' }
  /** AR24 understood the request and refuses it. */
  | { readonly means: 'refused'; readonly field?: Ar24Field };

type SlugTable = ReadonlyMap<string, SlugMeaning>;

const CREDENTIALS: SlugMeaning = { means: 'credentials' };
const CLOCK: SlugMeaning = { means: 'clock' };
const REFUSED: SlugMeaning = { means: 'refused' };

// Maps, since every plain object has a property for a slug such as `constructor`.
const ANY_CALL: SlugTable = new Map<string, SlugMeaning>([
  ['token_missing', CREDENTIALS],
  ['token_invalid', CREDENTIALS],
  ['empty_signature', CREDENTIALS],
  ['empty_date', CLOCK],
  ['invalid_date', CLOCK],
  ['expired_date', CLOCK],
  ['date_in_future', CLOCK],
]);

const ACCOUNT: SlugTable = new Map<string, SlugMeaning>([
  // No such account.
  ['user_not_exist', REFUSED],
  // The account exists, and its holder has not granted this token access.
  ['user_unavailable', REFUSED],
  ['missing_user_id', { means: 'refused', field: 'id_user' }],
]);

const CREATION: SlugTable = new Map<string, SlugMeaning>([
  ...Object.entries(NEW_USER_FIELDS).flatMap(([field, slugs]) =>
    slugs.map((slug): [string, SlugMeaning] => [slug, refusedField(field)]),
  ),
  // The address has an account already: docs/ar24-api.md 3.3, "Trap".
  ['user_already_exist', REFUSED],
  // Generic. One client got it for an address that has an account already.
  ['user_not_created', REFUSED],
  ['user_unavailable', REFUSED],
]);

const ADDRESS: SlugTable = new Map(
  NEW_USER_FIELDS.email.map((slug): [string, SlugMeaning] => [slug, refusedField('email')]),
);

const NONE: SlugTable = new Map();

const BY_CALL: Readonly<Record<EndpointName, SlugTable>> = {
  createUser: CREATION,
  readUser: ACCOUNT,
  listUsers: NONE,
  requestAccess: ADDRESS,
  requestTerms: ACCOUNT,
  requestPayment: ACCOUNT,
  orderIdentity: ACCOUNT,
};

/**
 * @param noAccountSlugs the answers of `request_access` for an address without an account
 * @returns undefined for a slug that is unknown on this call
 */
export function meaningOf(
  slug: string,
  call: EndpointName,
  noAccountSlugs: readonly string[],
): SlugMeaning | undefined {
  const known = ANY_CALL.get(slug) ?? BY_CALL[call].get(slug);
  if (known !== undefined) return known;
  return call === 'requestAccess' && noAccountSlugs.includes(slug) ? REFUSED : undefined;
}

/** All slugs with a known meaning on some call. */
export const KNOWN_SLUGS: readonly string[] = [
  ...new Set([ANY_CALL, ...Object.values(BY_CALL)].flatMap((table) => [...table.keys()])),
].sort();

/** Slugs are printed and put into errors. A text of another form may hold personal data, so it is replaced. */
export function printableSlug(slug: string): string {
  return /^[a-z0-9_]{1,64}$/.test(slug) ? slug : 'unprintable';
}

function refusedField(field: string): SlugMeaning {
  return isNewUserField(field) ? { means: 'refused', field } : REFUSED;
}
