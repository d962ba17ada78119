import { z } from 'zod';

const PLAIN = z.email();

/** Whether the text has the form of an e-mail address; letters may be of any script. */
export function isEmail(text: string): boolean {
  return PLAIN.safeParse(text.normalize('NFC').replaceAll(/\p{L}/gu, 'x')).success;
}

/**
 * The key for looking up an address. It ignores case and the two Unicode forms of an accented letter.
 */
export function emailKey(email: string): string {
  return email.normalize('NFC').toLowerCase();
}
