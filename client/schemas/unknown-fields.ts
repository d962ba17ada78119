import type { z } from 'zod';

const FIELD_NAME = /^\w{1,40}$/;

/** The message for fields that are not in the list. Names only what can be a field's name. */
export function unknownFields(hints: Readonly<Record<string, string>> = {}) {
  return (issue: z.core.$ZodRawIssue): string | undefined => {
    if (issue.code !== 'unrecognized_keys') return undefined;
    return issue.keys
      .map((key) => {
        const name = FIELD_NAME.test(key) ? `"${key}"` : 'a field with an odd name';
        const hint = Object.hasOwn(hints, key) ? hints[key] : undefined;
        return hint === undefined ? `unknown field ${name}` : `${name} is not taken: ${hint}`;
      })
      .join('; ');
  };
}
