/**
 * Under which addresses are looked up: case does not count, nor in which of two ways that look the
 * same an accent is written.
 */
export function emailKey(email: string): string {
  return email.normalize('NFC').toLowerCase();
}
