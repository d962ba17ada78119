/** The file as a whole cannot be read as what it should be. Never holds a cell's value. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** The system's word for why it cannot, such as EACCES. */
export function systemCode(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode ? String(error.code) : 'unknown';
}
