/** The closed set of ways in which a call to AR24 fails. */
import type { Ar24Method, Ar24Route, Endpoint } from './endpoints.ts';
import type { Ar24Field } from './slugs.ts';

/**
 * Whether AR24 may have carried the call out:
 * `no`: the call provably never reached AR24. `unknown`: it may have. `answered`: AR24 answered that it did not
 * carry it out.
 */
export type Delivered = 'no' | 'unknown' | 'answered';

/**
 * Base of every failure of a call to AR24.
 *
 * It names the call and never its content: no token, key, signature, address, form value, URL with a query, or
 * text from AR24. It has no `cause`, since an HTTP client's error prints all of these.
 */
export abstract class Ar24Error extends Error {
  abstract readonly kind: string;
  abstract readonly delivered: Delivered;
  readonly method: Ar24Method;
  readonly route: Ar24Route;
  /** The message without the name of the call. */
  readonly what: string;

  constructor(endpoint: Endpoint, what: string) {
    super(`AR24 ${endpoint.method} ${endpoint.route}: ${what}`);
    this.what = what;
    this.method = endpoint.method;
    this.route = endpoint.route;
  }
}

interface NetworkFailure {
  readonly delivered: 'no' | 'unknown';
  /** HTTP status, if a proxy or AR24's server failed with one. */
  readonly status?: number | undefined;
  /** The error code of the system or the HTTP client, such as `ECONNREFUSED`. */
  readonly code?: string | undefined;
}

/** AR24 gave no answer of its own: no connection, a lost connection, or a failing server (HTTP 5xx). */
export class Ar24NetworkError extends Ar24Error {
  override readonly name = 'Ar24NetworkError';
  readonly kind = 'network';
  readonly delivered: 'no' | 'unknown';
  readonly status: number | undefined;
  readonly code: string | undefined;

  constructor(endpoint: Endpoint, { delivered, status, code }: NetworkFailure) {
    const reason = status === undefined ? (code ?? 'connection lost') : `HTTP ${status}`;
    super(
      endpoint,
      delivered === 'no'
        ? `the request was not sent (${reason}). Check the base URL and the network, then repeat the request.`
        : `no answer (${reason}). ${adviceAfterNoAnswer(endpoint)}`,
    );
    this.delivered = delivered;
    this.status = status;
    this.code = code;
  }
}

/** AR24 did not finish its answer within the client's time-out. */
export class Ar24TimeoutError extends Ar24Error {
  override readonly name = 'Ar24TimeoutError';
  readonly kind = 'timeout';
  readonly delivered = 'unknown';

  constructor(endpoint: Endpoint, timeoutMs: number) {
    super(endpoint, `no answer within ${timeoutMs} ms. ${adviceAfterNoAnswer(endpoint)}`);
  }
}

function adviceAfterNoAnswer({ method }: Endpoint): string {
  return method === 'GET'
    ? 'The request changes nothing at AR24: repeat it.'
    : 'Whether AR24 carried it out is unknown: read the account before you repeat the request.';
}

/** HTTP 429 or 503: too many calls, or AR24 is overloaded. */
export class Ar24ThrottledError extends Ar24Error {
  override readonly name = 'Ar24ThrottledError';
  readonly kind = 'throttled';
  /** A 503 may come from a proxy that lost the answer. */
  readonly delivered: 'answered' | 'unknown';
  readonly status: 429 | 503;
  /** From Retry-After, in milliseconds; undefined if AR24 named no time. */
  readonly retryAfterMs: number | undefined;

  constructor(endpoint: Endpoint, status: 429 | 503, retryAfterMs: number | undefined) {
    const when = retryAfterMs === undefined ? 'later' : `in ${retryAfterMs} ms`;
    super(endpoint, `AR24 accepts no more calls for now (HTTP ${status}). Try again ${when}.`);
    this.delivered = status === 429 ? 'answered' : 'unknown';
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** AR24 is closed for planned maintenance, which it announces by e-mail (docs/ar24-api.md 1.6). */
export class Ar24MaintenanceError extends Ar24Error {
  override readonly name = 'Ar24MaintenanceError';
  readonly kind = 'maintenance';
  readonly delivered = 'answered';

  constructor(endpoint: Endpoint) {
    super(endpoint, 'AR24 is in maintenance. Try again later; nothing is wrong with the request.');
  }
}

/** AR24 refuses the token or the signature. Repeating the call does not help until they are corrected. */
export class Ar24CredentialsError extends Ar24Error {
  override readonly name = 'Ar24CredentialsError';
  readonly kind = 'credentials';
  readonly delivered = 'answered';
  /** Undefined if AR24 answered with HTTP status 401 or 403 and no slug. */
  readonly slug: string | undefined;

  constructor(endpoint: Endpoint, slug: string | undefined) {
    super(
      endpoint,
      `AR24 refuses the credentials (${slug ?? 'HTTP 401 or 403'}). Check the token and the private key, and that both belong to this AR24 (sandbox or production).`,
    );
    this.slug = slug;
  }
}

/** AR24 refuses the date of the request, also after it was signed again. */
export class Ar24ClockError extends Ar24Error {
  override readonly name = 'Ar24ClockError';
  readonly kind = 'clock';
  readonly delivered = 'answered';
  readonly slug: string;

  constructor(endpoint: Endpoint, slug: string) {
    super(
      endpoint,
      `AR24 refuses the date (${slug}). Set this machine's clock; AR24 accepts dates from now to 10 minutes ahead.`,
    );
    this.slug = slug;
  }
}

/** AR24 refuses this request, for a reason that is known for this call. */
export class Ar24RefusedError extends Ar24Error {
  override readonly name = 'Ar24RefusedError';
  readonly kind = 'refused';
  readonly delivered = 'answered';
  readonly slug: string;
  /** The parameter of ours that the slug names; undefined if it names none. */
  readonly field: Ar24Field | undefined;

  constructor(endpoint: Endpoint, slug: string, field: Ar24Field | undefined) {
    super(
      endpoint,
      field === undefined
        ? `AR24 refuses the request (${slug}). It will refuse the same request again.`
        : `AR24 refuses the field ${field} (${slug}). Correct it and send the request again.`,
    );
    this.slug = slug;
    this.field = field;
  }
}

/** AR24 answers with an error that is not known for this call. Never treat it as a "no". */
export class Ar24UnknownSlugError extends Ar24Error {
  override readonly name = 'Ar24UnknownSlugError';
  readonly kind = 'unknown-slug';
  readonly delivered = 'answered';
  /** `unprintable` if it does not have the form of a slug. */
  readonly slug: string;

  constructor(endpoint: Endpoint, slug: string) {
    super(
      endpoint,
      `AR24 answers with an error unknown on this call (${slug}). Find out its meaning and add it to the table of slugs.`,
    );
    this.slug = slug;
  }
}

/** In which way an answer differs from AR24's documentation. */
export type ContractBreach =
  | 'redirected'
  | 'unexpected-status'
  | 'too-large'
  | 'empty'
  | 'not-json'
  | 'undecryptable'
  /** Not encrypted, and the client was set to refuse that. */
  | 'plain-answer'
  | 'missing-field'
  | 'wrong-type'
  /** The answer is about another account than the requested or created one. */
  | 'other-user'
  /** A page of a listing that holds nothing new: AR24 ignores `start`. */
  | 'repeated-page';

/** AR24's answer cannot be trusted, or lacks a field that decides. */
export class Ar24ContractError extends Ar24Error {
  override readonly name = 'Ar24ContractError';
  readonly kind = 'contract';
  /** There was an answer, but it does not show whether AR24 carried the call out. */
  readonly delivered = 'unknown';
  readonly reason: ContractBreach;
  /** Path of the field at fault, never its value. */
  readonly field: string | undefined;
  /** HTTP status, if the status is at fault. */
  readonly status: number | undefined;

  constructor(
    endpoint: Endpoint,
    reason: ContractBreach,
    at: { readonly field?: string | undefined; readonly status?: number | undefined } = {},
  ) {
    const where = at.field === undefined ? '' : `, field ${at.field}`;
    const status = at.status === undefined ? '' : `, HTTP ${at.status}`;
    super(
      endpoint,
      `the answer differs from AR24's documentation (${reason}${where}${status}). Check the base URL and the key; AR24's API may have changed.`,
    );
    this.reason = reason;
    this.field = at.field;
    this.status = at.status;
  }
}

/** Any failure. An exhaustive `switch` over `kind` covers them all. */
export type Ar24Failure =
  | Ar24NetworkError
  | Ar24TimeoutError
  | Ar24ThrottledError
  | Ar24MaintenanceError
  | Ar24CredentialsError
  | Ar24ClockError
  | Ar24RefusedError
  | Ar24UnknownSlugError
  | Ar24ContractError;

export function isAr24Error(error: unknown): error is Ar24Failure {
  return error instanceof Ar24Error;
}
