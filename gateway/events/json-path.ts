/** The place of a field in an event: a JSONPath (RFC 9535), which can follow an id from one place to another. */
import { compile, JSONPathError, type JSONPathQuery, type JSONValue } from 'json-p3';
import { z } from 'zod';

const LONGEST = 300;

export interface JsonPath {
  /** Its text in the configuration. */
  readonly written: string;
  readonly query: JSONPathQuery;
}

/** Compiled when the configuration is parsed, so that an invalid path is an error at the start. */
export const jsonPath = z
  .string('a JSONPath is expected, such as $.data.id')
  .max(LONGEST, `is longer than ${LONGEST} characters`)
  .transform((written, context): JsonPath => {
    try {
      return { written, query: compile(written) };
    } catch (error) {
      if (!(error instanceof JSONPathError)) throw error;
      context.addIssue(`is no JSONPath (RFC 9535), such as $.data.id${placeIn(error)}`);
      return z.NEVER;
    }
  });

/** The message itself repeats the text, which may be a secret that was pasted by mistake. */
function placeIn({ message }: JSONPathError): string {
  const [, place] = /:(\d{1,3})\)$/.exec(message) ?? [];
  return place === undefined ? '' : `: the fault is after its first ${place} characters`;
}

/**
 * The one value at a path. Undefined if none is there, if it is null, or if several differ. Never throws.
 *
 * @param event as JSON.parse made it
 */
export function valueAt({ query }: JsonPath, event: unknown): unknown {
  try {
    const [value, ...others] = query.query(event as JSONValue).values();
    return others.every((other) => other === value) ? (value ?? undefined) : undefined;
  } catch (error) {
    // The event is nested deeper than a recursive path may descend.
    if (error instanceof JSONPathError) return undefined;
    throw error;
  }
}
