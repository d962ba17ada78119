/**
 * The code of a system error, such as `ENOENT`. Node's own errors need not be instances of this
 * realm's Error: test runners load code in realms of their own.
 */
export function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
