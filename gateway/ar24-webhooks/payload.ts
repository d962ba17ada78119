/**
 * The names and the encoding of AR24's webhooks about users are not public (docs/ar24-api.md 8 and 10). So every body
 * is read as names and values, and no body is an error.
 */

/** A name and its value, at any depth. */
export interface PayloadField {
  /** `user`, `id` for `{"user": {"id": 5}}` and for `user[id]=5`. */
  readonly path: readonly string[];
  readonly value: string;
}

const MOST_FIELDS = 200;
const DEEPEST = 8;

/** Never rejects. The `Content-Type` is ignored, as it may be wrong. */
export async function readPayload(body: Buffer): Promise<readonly PayloadField[]> {
  // It drops a byte order mark.
  const text = new TextDecoder().decode(body);
  const fields: PayloadField[] = [];
  const json = jsonIn(text);
  if (json !== undefined) {
    collect(json, [], fields);
    return fields;
  }
  const form = (await multipartIn(text)) ?? new URLSearchParams(text);
  for (const [name, value] of form) {
    if (fields.length >= MOST_FIELDS) break;
    const written = typeof value === 'string' ? value : await value.text();
    collect(written, stepsOf(name), fields);
  }
  return fields;
}

/** The boundary is read from the first line, since the `Content-Type` may be wrong. */
async function multipartIn(text: string): Promise<FormData | undefined> {
  const [, boundary, end] = /^\s*--([\w'()+,./:=? -]{1,70})(\r?\n)/.exec(text) ?? [];
  if (boundary === undefined) return undefined;
  const body = end === '\n' ? text.replaceAll('\n', '\r\n') : text;
  const headers = { 'content-type': `multipart/form-data; boundary="${boundary}"` };
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- it holds the body in memory, which is 64 kB at most
    return await new Response(body, { headers }).formData();
  } catch {
    return undefined;
  }
}

function collect(value: unknown, path: readonly string[], fields: PayloadField[]): void {
  if (fields.length >= MOST_FIELDS || path.length > DEEPEST) return;
  if (typeof value === 'string') {
    fields.push({ path, value });
    // The text may be JSON itself.
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

/** PHP writes nested fields as `user[id]`. */
function stepsOf(name: string): readonly string[] {
  return name.split(/[[\]]+/).filter((step) => step !== '');
}

/** Undefined unless it is a JSON object or array. No form begins like one. */
function jsonIn(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
