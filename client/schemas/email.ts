import { z } from 'zod';

/** RFC 5321 4.5.3.1.3, the two brackets of a path taken off. */
const LONGEST = 254;
/**
 * What can be told without asking: a local part, an @, a domain of two labels or more, in any
 * script. Whether it is reachable, and whether AR24 takes it, is found out by AR24.
 */
const SHAPE =
  /^[^\s@"<>(),;:\\[\]\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?\.)+[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{1,62}$/u;

/** An e-mail address, kept as it was typed but for blanks around it. */
export const email = z
  .string('an e-mail address is expected')
  .trim()
  .min(1, 'is empty')
  .max(LONGEST, `is longer than ${LONGEST} characters`)
  .refine((address) => SHAPE.test(address), 'is not an e-mail address')
  .meta({ format: 'email' });
