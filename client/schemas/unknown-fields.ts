import { z } from 'zod';

const FIELD_NAME = /^\w{1,40}$/;

/** Whether an unknown field may be named in an answer: what does not look like a field name may be a person's address. */
export function mayBeNamed(key: string): boolean {
  return FIELD_NAME.test(key);
}

/** More names help nobody, and thousands would make the answer longer than the request. */
const MOST_NAMED = 20;

/**
 * An object with these fields and no others. An error names an unknown field if it may be named.
 *
 * @param hints messages for some unknown fields
 */
export function strictly<T extends z.core.$ZodLooseShape>(
  fields: T,
  hints: Readonly<Record<string, string>> = {},
) {
  return z.strictObject(fields, { error: unknownFields(hints) });
}

/** The error message of {@link strictly}, for other schemas with fields. */
export function unknownFields(hints: Readonly<Record<string, string>> = {}) {
  return (issue: z.core.$ZodRawIssue): string | undefined => {
    if (issue.code !== 'unrecognized_keys') return undefined;
    const messages = issue.keys.map((key) => {
      const name = mayBeNamed(key) ? `"${key}"` : 'a field with an odd name';
      const hint = Object.hasOwn(hints, key) ? hints[key] : undefined;
      return hint === undefined ? `unknown field ${name}` : `${name} is not taken: ${hint}`;
    });
    const [...different] = new Set(messages);
    const more = different.length > MOST_NAMED ? ['and more'] : [];
    return [...different.slice(0, MOST_NAMED), ...more].join('; ');
  };
}
