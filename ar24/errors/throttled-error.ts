import type { Endpoint } from '../endpoints.ts';
import { Ar24Error } from './ar24-error.ts';

/** HTTP 429 or 503: too many calls, or too busy. */
export class Ar24ThrottledError extends Ar24Error {
  override readonly name = 'Ar24ThrottledError';
  readonly kind = 'throttled';
  /** A 503 may come from a proxy that lost the answer. */
  readonly delivered: 'answered' | 'unknown';
  readonly status: 429 | 503;
  /** From Retry-After, in milliseconds; undefined when AR24 named no time. */
  readonly retryAfterMs: number | undefined;

  constructor(endpoint: Endpoint, status: 429 | 503, retryAfterMs: number | undefined) {
    const when = retryAfterMs === undefined ? 'later' : `in ${retryAfterMs} ms`;
    super(endpoint, `AR24 takes no more calls for now (HTTP ${status}). Try again ${when}.`);
    this.delivered = status === 429 ? 'answered' : 'unknown';
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
