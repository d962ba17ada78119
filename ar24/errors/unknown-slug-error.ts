import type { Endpoint } from '../endpoints.ts';
import { Ar24Error } from './ar24-error.ts';

/** AR24 answers with an error that is not known on this call. Never to be taken for a "no". */
export class Ar24UnknownSlugError extends Ar24Error {
  override readonly name = 'Ar24UnknownSlugError';
  readonly kind = 'unknown-slug';
  readonly delivered = 'answered';
  /** `unprintable` where it does not look like a slug. */
  readonly slug: string;

  constructor(endpoint: Endpoint, slug: string) {
    super(
      endpoint,
      `AR24 answers with an error unknown on this call (${slug}). Find out what it means and add it to the table of slugs.`,
    );
    this.slug = slug;
  }
}
