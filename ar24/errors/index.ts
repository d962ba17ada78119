/** The closed set of ways in which a call to AR24 fails. */
import { Ar24Error } from './ar24-error.ts';
import type { Ar24ClockError } from './clock-error.ts';
import type { Ar24ContractError } from './contract-error.ts';
import type { Ar24CredentialsError } from './credentials-error.ts';
import type { Ar24MaintenanceError } from './maintenance-error.ts';
import type { Ar24NetworkError } from './network-error.ts';
import type { Ar24RefusedError } from './refused-error.ts';
import type { Ar24ThrottledError } from './throttled-error.ts';
import type { Ar24TimeoutError } from './timeout-error.ts';
import type { Ar24UnknownSlugError } from './unknown-slug-error.ts';

export { Ar24Error, type Delivered } from './ar24-error.ts';
export { Ar24ClockError } from './clock-error.ts';
export { Ar24ContractError, type ContractBreach } from './contract-error.ts';
export { Ar24CredentialsError } from './credentials-error.ts';
export { Ar24MaintenanceError } from './maintenance-error.ts';
export { Ar24NetworkError } from './network-error.ts';
export { Ar24RefusedError } from './refused-error.ts';
export { Ar24ThrottledError } from './throttled-error.ts';
export { Ar24TimeoutError } from './timeout-error.ts';
export { Ar24UnknownSlugError } from './unknown-slug-error.ts';

/** Any failure, told apart by `kind`: an exhaustive `switch` over it covers all there are. */
export type Ar24Failure =
  | Ar24NetworkError
  | Ar24TimeoutError
  | Ar24ThrottledError
  | Ar24MaintenanceError
  | Ar24CredentialsError
  | Ar24ClockError
  | Ar24RefusedError
  | Ar24UnknownSlugError
  | Ar24ContractError;

export function isAr24Error(error: unknown): error is Ar24Failure {
  return error instanceof Ar24Error;
}
