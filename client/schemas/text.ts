import { z } from 'zod';

const LONGEST = 200;
const CONTROL = /\p{Cc}/u;

/** One line that a person typed: trimmed, in one normal form, neither empty nor endless. */
export const text = z
  .string('a text is expected')
  .transform((value) => value.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'is empty')
      .max(LONGEST, `is longer than ${LONGEST} characters`)
      .refine((value) => !CONTROL.test(value), 'holds a line break or another control character'),
  );

/** AR24 takes an empty parameter for an absent one (docs/ar24-api.md 1.2), and so do we. */
export function optional<T extends z.ZodType<unknown, string>>(schema: T) {
  return z
    .string('a text is expected')
    .optional()
    .transform((value) => (value?.trim() === '' ? undefined : value))
    .pipe(schema.optional());
}
