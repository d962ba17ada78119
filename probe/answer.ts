/** An answer of AR24 with everything that the client in ar24/ hides: HTTP status, content type, member order. */
import { decryptAnswer } from '../ar24/crypto.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  /**
   * `success`; AR24's slug of a refusal; `maintenance`; `http-404` and the like for any other status that is not AR24's
   * JSON; `unreadable` for a body that cannot be read; `timeout`; `no-answer`.
   */
  readonly outcome: string;
  /** A refusal in AR24's own format, with a slug. */
  readonly refused: boolean;
  /** A passing failure, or a refusal of correct credentials: nothing follows from it about the call. */
  readonly trouble: boolean;
  /** Undefined without an answer. */
  readonly status?: number;
  /** Lower case; `none` without one. */
  readonly contentType: string;
  /** The compression, or `none`. */
  readonly contentEncoding: string;
  readonly encrypted: boolean;
  /** The `result` of a success. */
  readonly result: unknown;
  /** The text for people. Only its language is of interest; it may repeat what was sent. */
  readonly message?: string;
  /** The names of the outer members, in their order. */
  readonly members: readonly string[];
  /** AR24's clock, in seconds since the epoch, from the `Date` header. */
  readonly clockS?: number;
}

/** An answer that did not arrive. */
export function noAnswer(outcome: 'timeout' | 'no-answer'): Answer {
  return {
    outcome,
    refused: false,
    trouble: true,
    contentType: 'none',
    contentEncoding: 'none',
    encrypted: false,
    result: undefined,
    members: [],
  };
}

/** The answer to a call of an earlier run, of which the report has the outcome only. */
export function rememberedAnswer(outcome: string): Answer {
  if (mayBeUnknown(outcome)) return noAnswer('no-answer');
  return { ...noAnswer('no-answer'), outcome, refused: isRefusal(outcome), trouble: false };
}

/** Whether the outcome of a call in a report leaves open what AR24 did. */
export function mayBeUnknown(outcome: string): boolean {
  return outcome === 'unconfirmed' || /^http-5\d\d$/.test(outcome);
}

/** Whether AR24 refused the call, so that it had no effect. */
export function isRefusal(outcome: string): boolean {
  return (
    /^[a-z0-9_]+$/.test(outcome) && !['success', 'unconfirmed', 'unreadable'].includes(outcome)
  );
}

/** A failure that passes by itself. */
export function isPassing(outcome: string): boolean {
  return /^(?:timeout|no-answer|maintenance|http-(?:429|5\d\d))$/.test(outcome);
}

/** A refusal of the token, the date or the signature. The slugs of some are not public (docs/ar24-api.md 7.4). */
export function refusesCredentials(outcome: string): boolean {
  return /^http-40[13]$|(?:^|_)(?:token|date|signature)(?:_|$)/.test(outcome);
}

export async function readAnswer(
  response: Response,
  date: string,
  privateKey: string,
): Promise<Answer> {
  const { headers, status } = response;
  const { json, encrypted } = bodyIn(await response.text(), date, privateKey);
  const clock = Date.parse(headers.get('date') ?? '');
  const outcome = outcomeOf(status, json);
  return {
    outcome,
    refused: typeof json?.['slug'] === 'string',
    trouble: isPassing(outcome),
    status,
    contentType: known(headers.get('content-type'), CONTENT_TYPE),
    contentEncoding: known(headers.get('content-encoding'), ENCODINGS),
    encrypted,
    result: json?.['result'],
    members: Object.keys(json ?? {}),
    ...(typeof json?.['message'] === 'string' && { message: json['message'] }),
    ...(!Number.isNaN(clock) && { clockS: clock / 1000 }),
  };
}

function bodyIn(
  text: string,
  date: string,
  privateKey: string,
): { readonly json?: Json; readonly encrypted: boolean } {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const plain = objectIn(trimmed);
  if (plain !== undefined) return { json: plain, encrypted: false };
  try {
    const json = objectIn(decryptAnswer(trimmed, date, privateKey));
    return json === undefined ? { encrypted: false } : { json, encrypted: true };
  } catch {
    return { encrypted: false };
  }
}

function objectIn(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function outcomeOf(status: number, json: Json | undefined): string {
  if (json?.['status'] === 'SUCCESS') return 'success';
  if (json?.['status'] === 'maintenance') return 'maintenance';
  const slug = json?.['slug'];
  if (typeof slug === 'string') return /^[a-z0-9_]{1,64}$/.test(slug) ? slug : 'unprintable-slug';
  return status === 200 ? 'unreadable' : `http-${status}`;
}

const CONTENT_TYPE = /^[\w.+-]{1,40}\/[\w.+-]{1,60}(?: *; *charset=[\w-]{1,20})?$/;
const ENCODINGS = /^[a-z]{1,20}(?:, *[a-z]{1,20})*$/;

/** A header of AR24's for the report; `other` if it has not the expected form, as it could hold anything. */
function known(header: string | null, form: RegExp): string {
  if (header === null) return 'none';
  const text = header.trim().toLowerCase();
  return form.test(text) ? text : 'other';
}
