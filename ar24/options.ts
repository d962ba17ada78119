/** What an {@link Ar24Client} is told about AR24, checked once. */

export interface Ar24ClientOptions {
  /** Such as `https://app.ar24.fr/api/`, with or without the last slash. docs/ar24-api.md 1.1 */
  readonly baseUrl: string | URL;
  readonly token: string;
  readonly privateKey: string;
  /**
   * Milliseconds for a whole call, the answer's body and a second try with a fresh date included.
   * Default and most: 300,000, AR24's own time-out (docs/ar24-api.md 1.6).
   */
  readonly timeoutMs?: number | undefined;
  /** Seconds by which the signed date is ahead of now, 0 to 600. Default 120. */
  readonly dateAheadS?: number | undefined;
  /** Accept-Language, for the mails and texts of AR24's that follow it. */
  readonly language?: string | undefined;
  /** The clock that dates the calls. */
  readonly now?: (() => Date) | undefined;
  /**
   * Slugs by which `request_access` says that the address has no account. Not public
   * (docs/ar24-api.md 5), hence a setting. Default `user_not_exist`.
   */
  readonly noAccountSlugs?: readonly string[] | undefined;
  /** Fields of `payment_request`'s result that may carry the link, first match. Not public either. */
  readonly paymentLinkFields?: readonly string[] | undefined;
  /** Most bytes of an answer, decompressed; a larger one is a contract error. Default 1 MiB. */
  readonly maxAnswerBytes?: number | undefined;
  /**
   * What to do with a success that came in clear: `accept` (default), for tokens that AR24 does not
   * encrypt for (docs/ar24-api.md 1.5), or `refuse`. Accepting gives nothing away: AR24's encryption
   * carries no proof of origin, so that only TLS vouches for an answer, encrypted or not. Refusing
   * notices, though, when AR24 stops encrypting for a token.
   */
  readonly plainAnswers?: 'accept' | 'refuse' | undefined;
}

export interface Settings {
  /** Ends in a slash. */
  readonly baseUrl: string;
  readonly token: string;
  readonly privateKey: string;
  readonly timeoutMs: number;
  readonly dateAheadS: number;
  readonly language: string | undefined;
  readonly now: () => Date;
  readonly noAccountSlugs: readonly string[];
  readonly paymentLinkFields: readonly string[];
  readonly maxAnswerBytes: number;
  readonly plainAnswers: 'accept' | 'refuse';
}

/** Node's fetch gives up at 300 s by itself, so that more could not be kept. */
const MOST_TIMEOUT_MS = 300_000;
const MOST_AHEAD_S = 600;
const MOST_ANSWER_BYTES = 256 * 1024 * 1024;

/** @throws TypeError or RangeError naming the option, never its value */
export function settingsOf(options: Ar24ClientOptions): Settings {
  return {
    baseUrl: baseUrl(options.baseUrl),
    token: secret('token', options.token),
    privateKey: secret('privateKey', options.privateKey),
    timeoutMs: whole('timeoutMs', options.timeoutMs ?? MOST_TIMEOUT_MS, 1, MOST_TIMEOUT_MS),
    dateAheadS: whole('dateAheadS', options.dateAheadS ?? 120, 0, MOST_AHEAD_S),
    language: language(options.language),
    now: options.now ?? (() => new Date()),
    noAccountSlugs: options.noAccountSlugs ?? ['user_not_exist'],
    paymentLinkFields: options.paymentLinkFields ?? ['link', 'url', 'payment_link', 'payment_url'],
    maxAnswerBytes: whole(
      'maxAnswerBytes',
      options.maxAnswerBytes ?? 2 ** 20,
      1,
      MOST_ANSWER_BYTES,
    ),
    plainAnswers: options.plainAnswers ?? 'accept',
  };
}

function baseUrl(given: string | URL): string {
  const url = URL.canParse(String(given)) ? new URL(given) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new TypeError('AR24 client: baseUrl must be an http or https address');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError('AR24 client: baseUrl must hold no user, password, query or fragment');
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

function secret(name: string, value: string): string {
  if (value.trim() === '') throw new TypeError(`AR24 client: ${name} is empty`);
  return value;
}

function whole(name: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`AR24 client: ${name} must be a whole number from ${least} to ${most}`);
  }
  return value;
}

function language(value: string | undefined): string | undefined {
  // Checked here, since a header that cannot be sent is quoted in the HTTP client's error.
  if (value !== undefined && !/^[\w*][\w*,;=. -]{0,99}$/.test(value)) {
    throw new TypeError('AR24 client: language must be a value for Accept-Language, such as fr');
  }
  return value;
}
