/** `NAME=VALUE` as typed on a command line. */
export interface Assignment {
  readonly name: string;
  readonly value: unknown;
}

/**
 * Reads `NAME=VALUE`, where VALUE is JSON or else plain text: `pastToleranceS=30`,
 * `duplicateSlug=user_not_created`, `loseAnswer={"count":1}`. The schemas of faults and switches check
 * names and values.
 *
 * @param alone the value of a name without `=`: `{}` for a fault, `true` for a switch
 */
export function readAssignment(text: string, alone: unknown): Assignment {
  const at = text.indexOf('=');
  if (at < 0) return { name: text.trim(), value: alone };
  return { name: text.slice(0, at).trim(), value: jsonOrText(text.slice(at + 1).trim()) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
