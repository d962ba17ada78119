import type { Endpoint } from '../endpoints.ts';
import type { Ar24Field } from '../slugs.ts';
import { Ar24Error } from './ar24-error.ts';

/** AR24 says no to this request, for a reason that is known on this call. */
export class Ar24RefusedError extends Ar24Error {
  override readonly name = 'Ar24RefusedError';
  readonly kind = 'refused';
  readonly delivered = 'answered';
  readonly slug: string;
  /** Our parameter that the slug names; undefined where it names none. */
  readonly field: Ar24Field | undefined;

  constructor(endpoint: Endpoint, slug: string, field: Ar24Field | undefined) {
    super(
      endpoint,
      field === undefined
        ? `AR24 refuses it (${slug}). The same request will be refused again.`
        : `AR24 refuses the field ${field} (${slug}). Correct it and send it again.`,
    );
    this.slug = slug;
    this.field = field;
  }
}
