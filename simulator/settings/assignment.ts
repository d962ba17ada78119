/** `NAME=VALUE` as typed on a command line. */
export interface Assignment {
  readonly name: string;
  readonly value: unknown;
}

/**
 * Reads `NAME=VALUE`, where VALUE is JSON or, failing that, plain text: `pastToleranceS=30`,
 * `duplicateSlug=user_not_created`, `loseAnswer={"count":1}`. `NAME` alone has the value given for
 * that. Names and values are checked by the schema they are meant for, not here.
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
