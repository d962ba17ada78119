import { randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A part of a path that nobody guesses. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}
