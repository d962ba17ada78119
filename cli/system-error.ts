/** An error of the operating system. */
interface SystemError {
  /** Such as `ENOENT`. */
  readonly code: string;
  readonly message: string;
  readonly path: string | undefined;
}

/** Not by `instanceof`: Node's own errors need not be of this realm, as in a test runner's. */
export function systemErrorIn(error: unknown): SystemError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if (!('code' in error && 'message' in error && 'syscall' in error)) return undefined;
  const path = 'path' in error ? String(error.path) : undefined;
  return { code: String(error.code), message: String(error.message), path };
}
