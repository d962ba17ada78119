import { callAr24, type Params } from './connection.ts';
import { ENDPOINTS, type EndpointName } from './endpoints.ts';
import { Ar24ContractError } from './errors/index.ts';
import { type ListOptions, pages } from './list.ts';
import { isNewUserField, NEW_USER_FIELDS, type NewUser } from './new-user.ts';
import { type Ar24ClientOptions, type Settings, settingsOf } from './options.ts';
import { parseResult } from './parse-result.ts';
import { paymentLink } from './payment-link.ts';
import { type Ar24User, UserSchema } from './user.ts';

export interface CallOptions {
  /** Ends the call; what is thrown then is the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The sender-onboarding part of AR24's API: one method a call.
 *
 * Every method makes one try (and a second one where only the date was refused), and throws one of
 * {@link Ar24Failure}, or the signal's reason. It keeps no state: share it freely.
 */
export class Ar24Client {
  /** Private at run time too, so that no printed client shows the key. */
  readonly #settings: Settings;

  /** @throws TypeError or RangeError on an option that cannot work, without its value */
  constructor(options: Ar24ClientOptions) {
    this.#settings = settingsOf(options);
  }

  /**
   * Asks the holder of an existing account, by AR24's mail, to let this API act for it.
   * docs/ar24-api.md 5
   *
   * @throws Ar24RefusedError where the address has no account (slug among `noAccountSlugs`), or is
   *   no address (field `email`)
   */
  async requestAccess({ email }: { readonly email: string }, call?: CallOptions): Promise<void> {
    await this.#call('requestAccess', { email }, call);
  }

  /**
   * Creates an account. Not idempotent, and AR24 knows no idempotency key: after an error whose
   * `delivered` is `unknown`, read by e-mail before repeating it. docs/ar24-api.md 3
   *
   * @throws Ar24RefusedError with the `field` at fault (see {@link NEW_USER_FIELDS}), or with
   *   `user_already_exist` or `user_not_created`, both of which a taken address may give
   */
  async createUser(user: NewUser, call?: CallOptions): Promise<Ar24User> {
    const fields = Object.keys(NEW_USER_FIELDS).filter(isNewUserField);
    const params = Object.fromEntries(fields.map((field) => [field, user[field]]));
    return parseResult('createUser', UserSchema, await this.#call('createUser', params, call));
  }

  /**
   * Reads one account. docs/ar24-api.md 4.1
   *
   * @throws Ar24RefusedError `user_not_exist`: there is none; `user_unavailable`: there is one, and
   *   its holder has not granted this API access
   */
  async readUser(
    key: { readonly id: string } | { readonly email: string },
    call?: CallOptions,
  ): Promise<Ar24User> {
    const params: Params = 'id' in key ? { id_user: key.id } : { email: key.email };
    const user = parseResult('readUser', UserSchema, await this.#call('readUser', params, call));
    if ('id' in key && user.id !== key.id) {
      throw new Ar24ContractError(ENDPOINTS.readUser, 'other-user', { field: 'result.id' });
    }
    return user;
  }

  /**
   * Yields the accounts tied to the token, page by page, each once. An account that disappears while
   * the list is read can push another one past the reader. docs/ar24-api.md 4.1
   */
  listUsers(options: ListOptions = {}, call?: CallOptions): AsyncIterableIterator<Ar24User> {
    return pages((params) => this.#call('listUsers', params, call), options);
  }

  /** Has AR24 mail the account's holder a link to accept its terms, once more. docs/ar24-api.md 6 */
  async requestTerms(idUser: string, call?: CallOptions): Promise<void> {
    await this.#call('requestTerms', { id_user: idUser }, call);
  }

  /**
   * Has AR24 mail the account's holder how to add a way to pay, or, with `link`, return the address
   * instead and mail nothing. docs/ar24-api.md 7.1
   *
   * @throws Ar24ContractError where a link was asked for and none of `paymentLinkFields` holds one
   */
  async requestPayment(
    idUser: string,
    options: { readonly link?: boolean | undefined } = {},
    call?: CallOptions,
  ): Promise<{ readonly link?: string }> {
    const wanted = options.link === true;
    const params = { id_user: idUser, get_link: wanted ? '1' : undefined };
    const result = await this.#call('requestPayment', params, call);
    return wanted ? { link: paymentLink(result, this.#settings.paymentLinkFields) } : {};
  }

  /**
   * Orders the key for a verified identity: **costs money**, and AR24 sends a registered paper letter
   * to the account's postal address. Never repeat it after an unknown outcome. docs/ar24-api.md 7.2
   */
  async orderIdentity(idUser: string, call?: CallOptions): Promise<void> {
    await this.#call('orderIdentity', { id_user: idUser }, call);
  }

  async #call(name: EndpointName, params: Params, call: CallOptions = {}): Promise<unknown> {
    return callAr24(this.#settings, name, params, call.signal);
  }
}
