import { z } from 'zod';
import { asSeen, INVISIBLE_RANGES, isFarTooLong } from './invisible.ts';
import { REFERENCE_PATTERN } from '../../workflows/contract/index.ts';

const LONGEST = 200;
const TOO_LONG = `is longer than ${LONGEST} characters`;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** Programs write it for a letter that they could not decode. */
const LOST_LETTER = '\uFFFD';

/**
 * The same as a JSON schema, with keywords that all readers know. It is a little stricter than the check here,
 * which trims blanks before it counts characters.
 */
const REFUSED = '\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ufffd';
const LINE = `^[^${REFUSED}]*$`;
const DOCUMENTED = {
  minLength: 1,
  maxLength: LONGEST,
  pattern: `${LINE.slice(0, -1)}[^${REFUSED}\\s${INVISIBLE_RANGES}]${LINE.slice(1)}`,
} as const;

/** One line that a person typed: trimmed, in Unicode's normal form, neither empty nor too long. */
export const text = z
  .string('a text is expected')
  .refine((value) => !isFarTooLong(value), TOO_LONG)
  .meta(DOCUMENTED)
  .transform((value) => asSeen(value.normalize('NFC')))
  .pipe(
    z
      .string()
      .min(1, 'is empty')
      .refine((value) => charactersIn(value) <= LONGEST, TOO_LONG)
      .refine((value) => !CONTROL.test(value), 'holds a line break or another control character')
      .refine((value) => !hasLostLetter(value), 'holds a letter that was lost: send it in UTF-8'),
  );

/** Counts code points, as JSON schemas do. */
function charactersIn(value: string): number {
  return Array.from(value).length;
}

/** Half of a surrogate pair would be sent as U+FFFD, so both count as a lost letter. */
export function hasLostLetter(value: string): boolean {
  return value.includes(LOST_LETTER) || !value.isWellFormed();
}

/** Keywords of JSON schemas for an optional field. */
type Documented = Readonly<Record<string, unknown>>;

/**
 * AR24 treats an empty parameter as absent (docs/ar24-api.md 1.2), and so does this form.
 *
 * @param documented describes the written value, in keywords of JSON schemas
 */
export function optional<T extends z.ZodType<unknown, string>>(
  schema: T,
  documented: Documented = { maxLength: LONGEST, pattern: LINE },
) {
  return z
    .string('a text is expected')
    .meta(documented)
    .optional()
    .transform((value) => (value === undefined || asSeen(value) === '' ? undefined : value))
    .pipe(schema.optional());
}

/** The partner's own opaque reference of a sender. It becomes the workflow's id, so it is never an address. */
export const reference = z.string('a text is expected').superRefine((value, context) => {
  if (value.includes('@')) {
    context.addIssue('must not be an e-mail address: use an opaque reference of your own');
  } else if (!REFERENCE_PATTERN.test(value)) {
    context.addIssue('must be 1 to 128 letters, digits, or any of _ . : -');
  } else if (/^\.\.?$/.test(value)) {
    // In a URL these two are other folders.
    context.addIssue('must not be a point or two alone');
  }
});
