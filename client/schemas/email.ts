import { z } from 'zod';
import { holdsInvisible, isFarTooLong, withoutEdges } from './invisible.ts';
import { hasLostLetter } from './text.ts';

/** RFC 5321 4.5.3.1.3, without the two brackets of a path. */
const LONGEST = 254;
const TOO_LONG = `is longer than ${LONGEST} characters`;
/**
 * The shape that can be checked here: a local part without a dot at its ends and without two in a row, an @, and a
 * domain of at least two labels, the last one not a number, in any script. Only AR24 finds out whether the
 * address is reachable and acceptable.
 */
const SHAPE =
  /^(?!\.)(?!.*\.\.)[^\s@"<>(),;:\\[\]\p{Cc}]{1,64}(?<!\.)@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?\.)+(?!\p{N}+$)[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}]$/u;

/** An e-mail address as it was typed, without blanks and invisible characters around it. */
export const email = z
  .string('an e-mail address is expected')
  .refine((address) => !isFarTooLong(address), TOO_LONG)
  .transform((address) => withoutEdges(address.normalize('NFC')))
  .pipe(
    z
      .string()
      .min(1, 'is empty')
      .max(LONGEST, TOO_LONG)
      .refine(
        (address) => !holdsInvisible(address),
        'contains an invisible character: type the address again',
      )
      .refine(
        (address) => SHAPE.test(address) && !hasLostLetter(address),
        'is not an e-mail address',
      ),
  )
  .meta({ format: 'email', minLength: 1, maxLength: LONGEST });
