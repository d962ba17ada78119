/**
 * A client of AR24's API for the onboarding of senders (French registered e-mail): signed calls, decrypted
 * answers, typed results, and a closed set of errors. It depends on nothing else of this project.
 *
 * ```ts
 * import { Ar24Client, isAr24Error } from 'sender-onboarding/ar24';
 *
 * const token = process.env.AR24_TOKEN ?? '';
 * const privateKey = process.env.AR24_PRIVATE_KEY ?? '';
 * const ar24 = new Ar24Client({ baseUrl: 'https://sandbox.ar24.fr/api/', token, privateKey });
 * try {
 *   const user = await ar24.readUser({ email: 'jeanne@example.org' });
 *   if (user.cgu === 'no') await ar24.requestTerms(user.id);
 * } catch (error) {
 *   if (!isAr24Error(error) || error.kind !== 'refused') throw error;
 *   if (error.slug === 'user_unavailable') await ar24.requestAccess({ email: 'jeanne@example.org' });
 * }
 * ```
 *
 * - A flag that AR24 does not show is `unseen`, not `no`; unknown fields are ignored.
 * - An error names the call (`method`, `route`), its `kind`, and whether AR24 may have carried the call out
 *   (`delivered`). It never holds a token, a key, an address or a form value, so that it can be logged.
 * - The library retries nothing: the caller knows which call may be repeated.
 */
export type { DateShare } from './call-dates.ts';
export { Ar24Client } from './client.ts';
export type { CallOptions } from './connection.ts';
export { type Ar24Method, type Ar24Route, type Endpoint, ENDPOINTS } from './endpoints.ts';
export {
  Ar24ClockError,
  Ar24ContractError,
  Ar24CredentialsError,
  Ar24Error,
  type Ar24Failure,
  Ar24MaintenanceError,
  Ar24NetworkError,
  Ar24RefusedError,
  Ar24ThrottledError,
  Ar24TimeoutError,
  Ar24UnknownSlugError,
  type ContractBreach,
  type Delivered,
  isAr24Error,
} from './errors.ts';
export type { UserListOptions as ListOptions } from './list.ts';
export { NEW_USER_FIELDS, type NewUser, type NewUserField } from './new-user.ts';
export type { Ar24ClientOptions } from './options.ts';
export { type Ar24Field, KNOWN_SLUGS } from './slugs.ts';
export type { Ar24User, UserFlag } from './user.ts';
