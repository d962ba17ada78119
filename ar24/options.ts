/** The options of an {@link Ar24Client}, and their check. */
import { CallDates, type DateShare } from './call-dates.ts';
import type { EmailCase } from './email-address.ts';

export interface Ar24ClientOptions {
  /** Such as `https://app.ar24.fr/api/`, with or without the last slash. docs/ar24-api.md 1.1 */
  readonly baseUrl: string | URL;
  readonly token: string;
  readonly privateKey: string;
  /**
   * Milliseconds for a whole call, including the answer's body and a second try with a new date. Default and
   * maximum: 300,000, AR24's own time-out (docs/ar24-api.md 1.6).
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The least number of seconds by which the signed date is ahead of now, 0 to 600. Default 120. AR24 accepts
   * dates from now to 10 minutes ahead and may refuse the past, so that the date of now can arrive too late.
   */
  readonly dateAheadS?: number | undefined;
  /**
   * For an AR24 that accepts each date once only. No two calls have the same date, neither of this client nor of
   * clients with another `number` and the same `of`. A call for which no date is left waits for the next second.
   * Without a share, calls made at once get different dates until about two minutes of seconds are used.
   */
  readonly dateShare?: DateShare | undefined;
  /** Accept-Language. Some of AR24's mails and texts follow it. */
  readonly language?: string | undefined;
  /** The clock that dates the calls. */
  readonly now?: (() => Date) | undefined;
  /**
   * Slugs by which `request_access` answers that the address has no account. They are not public
   * (docs/ar24-api.md 5), hence an option. Default `user_not_exist`.
   */
  readonly noAccountSlugs?: readonly string[] | undefined;
  /** Fields of `payment_request`'s result that may hold the link; the first match is used. Not public either. */
  readonly paymentLinkFields?: readonly string[] | undefined;
  /** Maximum size of an answer in decompressed bytes. A larger one is a contract error. Default 1 MiB. */
  readonly maxAnswerBytes?: number | undefined;
  /**
   * Whether a success that is not encrypted is accepted: `accept` (default), since AR24 does not encrypt for some
   * tokens (docs/ar24-api.md 1.5), or `refuse`. Accepting is no weaker: AR24's encryption proves no origin, so
   * only TLS protects an answer, encrypted or not. `refuse` does detect that AR24 stops encrypting for a token.
   */
  readonly plainAnswers?: 'accept' | 'refuse' | undefined;
  /**
   * Whether AR24 treats addresses that differ by upper and lower case only as different. Not public
   * (docs/ar24-api.md 10, item 9). `sensitive`: an answer that shows the address in another case is about another
   * account. Default `insensitive`: such an answer is about the requested account.
   */
  readonly emailCase?: EmailCase | undefined;
}

export interface ClientSettings {
  /** Ends in a slash. */
  readonly baseUrl: string;
  readonly token: string;
  readonly privateKey: string;
  readonly timeoutMs: number;
  /** Remembers the dates that were used. */
  readonly dates: CallDates;
  readonly language: string | undefined;
  readonly now: () => Date;
  readonly noAccountSlugs: readonly string[];
  readonly paymentLinkFields: readonly string[];
  readonly maxAnswerBytes: number;
  readonly plainAnswers: 'accept' | 'refuse';
  readonly emailCase: EmailCase;
}

/** Node's fetch itself ends after 300 s, so a longer time-out would have no effect. */
const MOST_TIMEOUT_MS = 300_000;
const MOST_AHEAD_S = 600;
/** With 60 shares each process has one date a minute. */
const MOST_SHARES = 60;
const MOST_ANSWER_BYTES = 256 * 1024 * 1024;

/** @throws TypeError or RangeError naming the option, never its value */
export function settingsOf(options: Ar24ClientOptions): ClientSettings {
  return {
    baseUrl: baseUrl(options.baseUrl),
    token: secret('token', options.token),
    privateKey: secret('privateKey', options.privateKey),
    timeoutMs: whole('timeoutMs', options.timeoutMs ?? MOST_TIMEOUT_MS, 1, MOST_TIMEOUT_MS),
    dates: new CallDates(
      whole('dateAheadS', options.dateAheadS ?? 120, 0, MOST_AHEAD_S),
      dateShare(options.dateShare),
    ),
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
    emailCase: options.emailCase ?? 'insensitive',
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

function dateShare(share: DateShare | undefined): DateShare | undefined {
  if (share === undefined) return undefined;
  const of = whole('dateShare.of', share.of, 1, MOST_SHARES);
  return { of, number: whole('dateShare.number', share.number, 1, of) };
}

function language(value: string | undefined): string | undefined {
  // Checked here: the HTTP client's error would quote a header that cannot be sent.
  if (value !== undefined && !/^[\w*][\w*,;=. -]{0,99}$/.test(value)) {
    throw new TypeError('AR24 client: language must be a value for Accept-Language, such as fr');
  }
  return value;
}
