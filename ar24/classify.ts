/** The one place that decides between the result of an exchange with AR24 and its failure. */
import { ENDPOINTS, type EndpointName } from './endpoints.ts';
import type { Envelope } from './envelope.ts';
import {
  Ar24ClockError,
  Ar24ContractError,
  Ar24CredentialsError,
  type Ar24Failure,
  Ar24MaintenanceError,
  Ar24NetworkError,
  Ar24RefusedError,
  Ar24ThrottledError,
  Ar24UnknownSlugError,
} from './errors.ts';
import { meaningOf, printableSlug } from './slugs.ts';

export interface Answer {
  readonly status: number;
  /** Milliseconds, from Retry-After. */
  readonly retryAfterMs: number | undefined;
  /** Undefined if the body was too large to read. */
  readonly envelope: Envelope | undefined;
}

export interface Expectations {
  readonly noAccountSlugs: readonly string[];
  readonly plainAnswers: 'accept' | 'refuse';
}

export type Verdict =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly failure: Ar24Failure };

/**
 * Statuses by which a proxy or server reports that it lost the request on the way. The body may come from any of
 * them, so it is ignored.
 */
const LOST: readonly number[] = [408, 502, 504];

/**
 * AR24 sends its errors with HTTP 200, so the body counts first. The exception: a status that only a proxy or an
 * overloaded server sends wins over the body, which must not turn a fault into a "no".
 */
export function classify(call: EndpointName, answer: Answer, expect: Expectations): Verdict {
  const endpoint = ENDPOINTS[call];
  const { status, envelope } = answer;
  const failed = (failure: Ar24Failure): Verdict => ({ ok: false, failure });

  if (status >= 300 && status < 400) {
    return failed(new Ar24ContractError(endpoint, 'redirected', { status }));
  }
  if (LOST.includes(status)) {
    return failed(new Ar24NetworkError(endpoint, { delivered: 'unknown', status }));
  }
  if (envelope?.kind === 'maintenance') return failed(new Ar24MaintenanceError(endpoint));
  if (status === 429 || status === 503) {
    return failed(new Ar24ThrottledError(endpoint, status, answer.retryAfterMs));
  }
  if (envelope?.kind === 'error') return failed(failureOf(call, envelope.slug, status, expect));
  if (status === 401 || status === 403) {
    return failed(new Ar24CredentialsError(endpoint, undefined));
  }
  if (status >= 500) {
    return failed(new Ar24NetworkError(endpoint, { delivered: 'unknown', status }));
  }
  if (status < 200 || status >= 300) {
    return failed(new Ar24ContractError(endpoint, 'unexpected-status', { status }));
  }
  if (envelope === undefined) return failed(new Ar24ContractError(endpoint, 'too-large'));
  if (envelope.kind === 'invalid') {
    return failed(new Ar24ContractError(endpoint, envelope.reason, { field: envelope.field }));
  }
  if (!envelope.encrypted && expect.plainAnswers === 'refuse') {
    return failed(new Ar24ContractError(endpoint, 'plain-answer'));
  }
  return { ok: true, result: envelope.result };
}

function failureOf(
  call: EndpointName,
  slug: string,
  status: number,
  { noAccountSlugs }: Expectations,
): Ar24Failure {
  const endpoint = ENDPOINTS[call];
  const meaning = meaningOf(slug, call, noAccountSlugs);
  const shown = printableSlug(slug);
  switch (meaning?.means) {
    case 'credentials':
      return new Ar24CredentialsError(endpoint, shown);
    case 'clock':
      return new Ar24ClockError(endpoint, shown);
    case 'refused':
      return new Ar24RefusedError(endpoint, shown, meaning.field);
    case undefined:
      // The slug of a wrong signature is not public; the status is enough.
      return status === 401 || status === 403
        ? new Ar24CredentialsError(endpoint, shown)
        : new Ar24UnknownSlugError(endpoint, shown);
  }
}
