import type { Endpoint } from '../endpoints.ts';
import { Ar24Error } from './ar24-error.ts';

/** AR24 refuses the token or the signature. Repeating the call is of no use until they are mended. */
export class Ar24CredentialsError extends Ar24Error {
  override readonly name = 'Ar24CredentialsError';
  readonly kind = 'credentials';
  readonly delivered = 'answered';
  /** Undefined where AR24 answered by HTTP status 401 or 403 alone. */
  readonly slug: string | undefined;

  constructor(endpoint: Endpoint, slug: string | undefined) {
    super(
      endpoint,
      `AR24 refuses the credentials (${slug ?? 'HTTP 401 or 403'}). Check the token and the private key, and that both are of this AR24 (sandbox or production).`,
    );
    this.slug = slug;
  }
}
