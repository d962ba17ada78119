import { z } from 'zod';

const PLAIN = z.email();

/** Whether it has the form of an e-mail address, with letters of any script. */
export function isEmail(text: string): boolean {
  return PLAIN.safeParse(text.normalize('NFC').replaceAll(/\p{L}/gu, 'x')).success;
}
