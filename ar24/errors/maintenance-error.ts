import type { Endpoint } from '../endpoints.ts';
import { Ar24Error } from './ar24-error.ts';

/** AR24 is closed for planned maintenance, which it announces by e-mail (docs/ar24-api.md 1.6). */
export class Ar24MaintenanceError extends Ar24Error {
  override readonly name = 'Ar24MaintenanceError';
  readonly kind = 'maintenance';
  readonly delivered = 'answered';

  constructor(endpoint: Endpoint) {
    super(endpoint, 'AR24 is in maintenance. Try again later; nothing is wrong with the request.');
  }
}
