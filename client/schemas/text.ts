import { z } from 'zod';

const LONGEST = 200;
const CONTROL = /\p{Cc}/u;

/**
 * The same for readers of JSON schemas, in the words that all of them know. They are told a little less
 * than is taken: blanks around are taken off before anything is counted.
 */
const LINE = '^[^\\u0000-\\u001f\\u007f-\\u009f]*$';
const BLANK = '\\s\\ufeff';
const DOCUMENTED = {
  minLength: 1,
  maxLength: LONGEST,
  pattern: `${LINE.slice(0, -1)}[^\\u0000-\\u001f\\u007f-\\u009f${BLANK}]${LINE.slice(1)}`,
} as const;

/** One line that a person typed: trimmed, in one normal form, neither empty nor endless. */
export const text = z
  .string('a text is expected')
  .meta(DOCUMENTED)
  .transform((value) => value.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'is empty')
      .refine((value) => charactersIn(value) <= LONGEST, `is longer than ${LONGEST} characters`)
      .refine((value) => !CONTROL.test(value), 'holds a line break or another control character'),
  );

/** As people and JSON schemas count them. */
function charactersIn(value: string): number {
  return Array.from(value).length;
}

/** What an optional field may be documented as, beside the text that it is. */
type Documented = Readonly<Record<string, unknown>>;

/**
 * AR24 takes an empty parameter for an absent one (docs/ar24-api.md 1.2), and so do we.
 *
 * @param documented of the value as it is written, in words of JSON schemas
 */
export function optional<T extends z.ZodType<unknown, string>>(
  schema: T,
  documented: Documented = { maxLength: LONGEST, pattern: LINE },
) {
  return z
    .string('a text is expected')
    .meta(documented)
    .optional()
    .transform((value) => (value?.trim() === '' ? undefined : value))
    .pipe(schema.optional());
}
