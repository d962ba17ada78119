import { callAr24, type CallOptions, type Params } from './connection.ts';
import { isSameAddress, otherSpellings } from './email-address.ts';
import { ENDPOINTS, type EndpointName } from './endpoints.ts';
import { parseResult } from './envelope.ts';
import { Ar24ContractError, type ContractBreach } from './errors.ts';
import { type UserListOptions, pages } from './list.ts';
import { isNewUserField, NEW_USER_FIELDS, type NewUser } from './new-user.ts';
import { type Ar24ClientOptions, type ClientSettings, settingsOf } from './options.ts';
import { type Ar24User, UserSchema } from './user.ts';

/**
 * The part of AR24's API that onboards senders: one method for each call.
 *
 * Every method sends one request, and a second one only if AR24 refused the date. It throws an
 * {@link Ar24Failure} or the signal's reason. The client's only state is the dates it has used, so that one client
 * can serve all callers.
 */
export class Ar24Client {
  /** A private field at run time too, so that a printed client does not show the key. */
  readonly #settings: ClientSettings;

  /** @throws TypeError or RangeError naming an invalid option, without its value */
  constructor(options: Ar24ClientOptions) {
    this.#settings = settingsOf(options);
  }

  /**
   * Has AR24 mail the holder of an existing account and ask for access to it. docs/ar24-api.md 5
   *
   * @throws Ar24RefusedError if the address has no account (slug among `noAccountSlugs`), or is
   *   no address (field `email`)
   */
  async requestAccess({ email }: { readonly email: string }, call?: CallOptions): Promise<void> {
    await callAr24(this.#settings, 'requestAccess', { email }, call);
  }

  /**
   * Creates an account. The call is not idempotent, and AR24 has no idempotency key: after an error whose
   * `delivered` is `unknown`, read the account by e-mail before you repeat the call. docs/ar24-api.md 3
   *
   * @throws Ar24RefusedError with the `field` at fault (see {@link NEW_USER_FIELDS}), or with
   *   `user_already_exist` or `user_not_created`; AR24 may answer either for an address that has an account
   * @throws Ar24ContractError `other-user` if the answer shows another address or reference
   */
  async createUser(user: NewUser, call?: CallOptions): Promise<Ar24User> {
    const fields = Object.keys(NEW_USER_FIELDS).filter(isNewUserField);
    const params = Object.fromEntries(fields.map((field) => [field, user[field]]));
    const result = await callAr24(this.#settings, 'createUser', params, call);
    const created = parseResult('createUser', UserSchema, result);
    // AR24 promises no more than the id here (docs/ar24-api.md 3.2).
    const email = created.email === undefined ? undefined : user.email;
    const customRef = created.customRef === undefined ? undefined : user.custom_ref;
    requireRequestedUser('createUser', created, { email, customRef }, this.#settings);
    return created;
  }

  /**
   * Reads one account. docs/ar24-api.md 4.1
   *
   * @param key the answer must show the same values; with both, AR24 reads by the id
   * @throws Ar24ContractError if the answer is about another account (`other-user`), or shows no
   *   address although the key has one
   * @throws Ar24RefusedError `user_not_exist`: there is no such account; `user_unavailable`: the account exists,
   *   and its holder has not granted this token access
   */
  async readUser(
    key: { readonly id: string; readonly email?: string | undefined } | { readonly email: string },
    call?: CallOptions,
  ): Promise<Ar24User> {
    const params: Params = 'id' in key ? { id_user: key.id } : { email: key.email };
    const user = parseResult(
      'readUser',
      UserSchema,
      await callAr24(this.#settings, 'readUser', params, call),
    );
    requireRequestedUser('readUser', user, key, this.#settings);
    return user;
  }

  /**
   * Yields the accounts that the token has access to, page by page, each once. If an account disappears while the
   * list is read, another one may be skipped. docs/ar24-api.md 4.1
   */
  listUsers(options: UserListOptions = {}, call?: CallOptions): AsyncIterableIterator<Ar24User> {
    return pages((params) => callAr24(this.#settings, 'listUsers', params, call), options);
  }

  /** Has AR24 mail the account's holder the link to accept its terms again. docs/ar24-api.md 6 */
  async requestTerms(idUser: string, call?: CallOptions): Promise<void> {
    await callAr24(this.#settings, 'requestTerms', { id_user: idUser }, call);
  }

  /**
   * Has AR24 mail the account's holder how to add a means of payment. With `link`, AR24 returns the link and mails
   * nothing. docs/ar24-api.md 7.1
   *
   * @throws Ar24ContractError if `link` is set and none of `paymentLinkFields` holds a link
   */
  async requestPayment(
    idUser: string,
    options: { readonly link?: boolean | undefined } = {},
    call?: CallOptions,
  ): Promise<{ readonly link?: string }> {
    const isLink = options.link === true;
    const params = { id_user: idUser, get_link: isLink ? '1' : undefined };
    const result = await callAr24(this.#settings, 'requestPayment', params, call);
    return isLink ? { link: paymentLinkIn(result, this.#settings.paymentLinkFields) } : {};
  }

  /**
   * Orders the key for a verified identity: **costs money**, and AR24 sends a registered paper letter
   * to the account's postal address. Never repeat it after an unknown outcome. docs/ar24-api.md 7.2
   */
  async orderIdentity(idUser: string, call?: CallOptions): Promise<void> {
    await callAr24(this.#settings, 'orderIdentity', { id_user: idUser }, call);
  }

  /**
   * The address in other upper and lower case, as its holder may have registered it at AR24. If AR24 treats these as
   * different addresses (`emailCase`), a second account could be created for the same person.
   *
   * @returns an empty list if `emailCase` is `insensitive`
   */
  otherSpellings(email: string): readonly string[] {
    return this.#settings.emailCase === 'sensitive' ? otherSpellings(email) : [];
  }
}

/** Undefined fields were not part of the request. */
interface RequestedUser {
  readonly id?: string | undefined;
  readonly email?: string | undefined;
  readonly customRef?: string | undefined;
}

/**
 * Compares the account of an answer with the request. An answer about another account must never be believed, even
 * if AR24 or a proxy fails (for example a cache that ignores the query).
 *
 * @throws Ar24ContractError naming the field that differs or is missing, never its value
 */
function requireRequestedUser(
  call: EndpointName,
  shown: Ar24User,
  requested: RequestedUser,
  { emailCase }: Pick<ClientSettings, 'emailCase'>,
): void {
  const fail = (reason: ContractBreach, field: string): never => {
    throw new Ar24ContractError(ENDPOINTS[call], reason, { field: `result.${field}` });
  };
  const { id, email, customRef } = requested;
  if (id !== undefined && shown.id !== id) fail('other-user', 'id');
  if (email !== undefined) {
    if (shown.email === undefined) fail('missing-field', 'email');
    else if (!isSameAddress(shown.email, email, emailCase)) fail('other-user', 'email');
  }
  if (customRef !== undefined && shown.customRef !== customRef.trim()) {
    fail('other-user', 'custom_ref');
  }
}

/**
 * Finds the link in the result of `payment_request`. Its field is not public (docs/ar24-api.md 7.1): the first of
 * `fields` that holds a web address is used, or the result itself.
 *
 * @throws Ar24ContractError if there is none: AR24 mailed nothing either, so the sender would wait for ever
 */
function paymentLinkIn(result: unknown, fields: readonly string[]): string {
  const candidates =
    typeof result === 'object' && result !== null
      ? fields.map((field): unknown => Object.getOwnPropertyDescriptor(result, field)?.value)
      : [result];
  const link = candidates.find(isWebAddress);
  if (link === undefined) {
    throw new Ar24ContractError(ENDPOINTS.requestPayment, 'missing-field', {
      field: 'result.link',
    });
  }
  return link;
}

/** The link is shown to people, so another scheme (such as `javascript:`) must not pass. */
function isWebAddress(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    URL.canParse(value) &&
    ['http:', 'https:'].includes(new URL(value).protocol)
  );
}
