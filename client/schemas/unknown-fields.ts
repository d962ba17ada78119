import { z } from 'zod';

const FIELD_NAME = /^\w{1,40}$/;
/** More help nobody, and thousands would be a longer answer than the request. */
const MOST_NAMED = 20;

/**
 * An object with these fields and no others. What is told of another names only what can be a field's name:
 * what stands in its place may be anybody's address.
 *
 * @param hints what is said of some of them instead
 */
export function strictly<T extends z.core.$ZodLooseShape>(
  fields: T,
  hints: Readonly<Record<string, string>> = {},
) {
  return z.strictObject(fields, { error: unknownFields(hints) });
}

/** The message of {@link strictly} for whatever else has fields. */
export function unknownFields(hints: Readonly<Record<string, string>> = {}) {
  return (issue: z.core.$ZodRawIssue): string | undefined => {
    if (issue.code !== 'unrecognized_keys') return undefined;
    const told = issue.keys.map((key) => {
      const name = FIELD_NAME.test(key) ? `"${key}"` : 'a field with an odd name';
      const hint = Object.hasOwn(hints, key) ? hints[key] : undefined;
      return hint === undefined ? `unknown field ${name}` : `${name} is not taken: ${hint}`;
    });
    const [...different] = new Set(told);
    const more = different.length > MOST_NAMED ? ['and more'] : [];
    return [...different.slice(0, MOST_NAMED), ...more].join('; ');
  };
}
