import type { Endpoint } from '../endpoints.ts';
import { Ar24Error } from './ar24-error.ts';

/** AR24 refuses the date of the request, also after it was signed anew. */
export class Ar24ClockError extends Ar24Error {
  override readonly name = 'Ar24ClockError';
  readonly kind = 'clock';
  readonly delivered = 'answered';
  readonly slug: string;

  constructor(endpoint: Endpoint, slug: string) {
    super(
      endpoint,
      `AR24 refuses the date (${slug}). Set this machine's clock; AR24 takes from now to 10 minutes ahead.`,
    );
    this.slug = slug;
  }
}
