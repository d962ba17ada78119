import type { Endpoint } from '../endpoints.ts';
import { Ar24Error } from './ar24-error.ts';

/** AR24 did not finish its answer within the client's time-out. */
export class Ar24TimeoutError extends Ar24Error {
  override readonly name = 'Ar24TimeoutError';
  readonly kind = 'timeout';
  readonly delivered = 'unknown';

  constructor(endpoint: Endpoint, timeoutMs: number) {
    super(
      endpoint,
      `no answer within ${timeoutMs} ms; whether AR24 carried it out is unknown. Read before you repeat a write.`,
    );
  }
}
