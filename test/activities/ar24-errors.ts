/** Errors of AR24's client, as from a read of an account. */
import {
  Ar24CredentialsError,
  Ar24MaintenanceError,
  Ar24NetworkError,
  Ar24RefusedError,
  Ar24ThrottledError,
} from '../../ar24/index.ts';

const READ = { method: 'GET', route: '/user' } as const;

export const throttled = (retryAfterMs?: number) => new Ar24ThrottledError(READ, 429, retryAfterMs);
export const maintenance = () => new Ar24MaintenanceError(READ);
export const credentials = () => new Ar24CredentialsError(READ, 'invalid_token');
export const refused = () => new Ar24RefusedError(READ, 'user_not_exist', undefined);
export const unreachable = () => new Ar24NetworkError(READ, { delivered: 'no' });
