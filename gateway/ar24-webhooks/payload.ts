/**
 * What AR24 sends about users is not public (docs/ar24-api.md 8 and 10): not its names, not its encoding.
 * So whatever comes is read as names and values, and nothing that comes is an error.
 */

/** One name and value, from however deep. */
export interface Field {
  /** `user`, `id` for `{"user": {"id": 5}}` and for `user[id]=5`. */
  readonly path: readonly string[];
  readonly value: string;
}

const MOST_FIELDS = 200;
const DEEPEST = 8;

/** Never throws. What it is called (`Content-Type`) decides nothing: it may be called wrongly. */
export function readPayload(body: Buffer): readonly Field[] {
  const text = body.toString();
  const fields: Field[] = [];
  const json = jsonIn(text);
  if (json !== undefined) collect(json, [], fields);
  else for (const [name, value] of new URLSearchParams(text)) collect(value, stepsOf(name), fields);
  return fields;
}

function collect(value: unknown, path: readonly string[], fields: Field[]): void {
  if (fields.length >= MOST_FIELDS || path.length > DEEPEST) return;
  if (typeof value === 'string') {
    fields.push({ path, value });
    // A field that holds an object of its own, written out.
    const inner = jsonIn(value);
    if (inner !== undefined) collect(inner, [...path, ''], fields);
  } else if (typeof value === 'number' || typeof value === 'boolean') {
    fields.push({ path, value: String(value) });
  } else if (Array.isArray(value)) {
    for (const one of value) collect(one, [...path, ''], fields);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) collect(one, [...path, name], fields);
  }
}

/** `user[id]` as PHP writes what lies within. */
function stepsOf(name: string): readonly string[] {
  return name.split(/[[\]]+/).filter((step) => step !== '');
}

/** Undefined where it is no JSON of several values, which a form never is. */
function jsonIn(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
