import type { Ar24Method, Ar24Route, Endpoint } from '../endpoints.ts';

/**
 * Whether AR24 may have carried the call out:
 * `no`, it provably never reached AR24; `unknown`, it may have; `answered`, AR24 said that it did not.
 */
export type Delivered = 'no' | 'unknown' | 'answered';

/**
 * Base of every failure of a call to AR24.
 *
 * Holds the call, never its content: no token, key, signature, address, form value, URL with a
 * query, or text of AR24's, and no `cause`, since an HTTP client's error prints all of these.
 */
export abstract class Ar24Error extends Error {
  abstract readonly kind: string;
  abstract readonly delivered: Delivered;
  readonly method: Ar24Method;
  readonly route: Ar24Route;

  constructor(endpoint: Endpoint, what: string) {
    super(`AR24 ${endpoint.method} ${endpoint.route}: ${what}`);
    this.method = endpoint.method;
    this.route = endpoint.route;
  }
}
