/** Where a field lies in an event: a JSONPath of RFC 9535, which can follow an id from one place to another. */
import { compile, JSONPathError, type JSONPathQuery, type JSONValue } from 'json-p3';
import { z } from 'zod';

const LONGEST = 300;

export interface JsonPath {
  /** As the configuration has it. */
  readonly written: string;
  readonly query: JSONPathQuery;
}

/** Compiled once, so that a path that makes no sense is told at the start. */
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

/** Its message repeats what stands there, which may have been pasted by mistake. */
function placeIn({ message }: JSONPathError): string {
  const [, place] = /:(\d{1,3})\)$/.exec(message) ?? [];
  return place === undefined ? '' : `: look at what stands behind its first ${place} characters`;
}

/**
 * The one value at a path; undefined where there is none, null, or several. Never throws.
 *
 * @param event as JSON.parse made it
 */
export function valueAt({ query }: JsonPath, event: unknown): unknown {
  try {
    const values = query.query(event as JSONValue).values();
    return values.length === 1 ? (values[0] ?? undefined) : undefined;
  } catch (error) {
    // The event is nested deeper than a path that descends may follow.
    if (error instanceof JSONPathError) return undefined;
    throw error;
  }
}
