/**
 * Parses the body of an answer: the envelope around every answer, and the `result` in it. AR24 encrypts the whole
 * body of a success; errors and maintenance are not encrypted, and for older tokens nothing is (docs/ar24-api.md
 * 1.5). Whether AR24 ever encrypts errors is not known, so all of them are read in both forms.
 */
import { z } from 'zod';
import { ENDPOINTS, type EndpointName } from './endpoints.ts';
import { Ar24ContractError } from './errors.ts';

export type Envelope =
  | { readonly kind: 'success'; readonly result: unknown; readonly encrypted: boolean }
  | { readonly kind: 'error'; readonly slug: string }
  | { readonly kind: 'maintenance' }
  | {
      readonly kind: 'invalid';
      readonly reason: 'empty' | 'not-json' | 'undecryptable' | 'missing-field' | 'wrong-type';
      readonly field?: string;
    };

const EnvelopeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('SUCCESS'), result: z.unknown().optional() }),
  z.object({ status: z.literal('ERROR'), slug: z.string().min(1) }),
  z.object({ status: z.literal('maintenance') }),
]);

/** @param decrypt throws if the body is not encrypted with our key */
export function readEnvelope(body: string, decrypt: (body: string) => string): Envelope {
  // A PHP file that was saved with a byte-order mark sends it before every answer.
  const trimmed = body.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return { kind: 'invalid', reason: 'empty' };
  if (trimmed.startsWith('{')) return parse(trimmed, false);
  // HTML, most likely a proxy's error page.
  if (trimmed.startsWith('<')) return { kind: 'invalid', reason: 'not-json' };
  let clear: string;
  try {
    clear = decrypt(trimmed);
  } catch {
    return { kind: 'invalid', reason: 'undecryptable' };
  }
  return parse(clear, true);
}

function parse(json: string, encrypted: boolean): Envelope {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Sometimes a wrong key yields garbage instead of an error.
    return { kind: 'invalid', reason: encrypted ? 'undecryptable' : 'not-json' };
  }
  const parsed = EnvelopeSchema.safeParse(value);
  if (!parsed.success) return { kind: 'invalid', ...breachOf(parsed.error, value) };
  switch (parsed.data.status) {
    case 'SUCCESS':
      return { kind: 'success', result: parsed.data.result, encrypted };
    case 'ERROR':
      return { kind: 'error', slug: parsed.data.slug };
    case 'maintenance':
      return { kind: 'maintenance' };
  }
}

/**
 * Parses the `result` of an answer.
 *
 * @throws Ar24ContractError naming the first field that is missing or wrong, as a path from `result`
 */
export function parseResult<T>(call: EndpointName, schema: z.ZodType<T>, result: unknown): T {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  const { reason, field } = breachOf(parsed.error, result, 'result');
  throw new Ar24ContractError(ENDPOINTS[call], reason, { field });
}

/**
 * The first fault of a value. zod's own messages may quote the value, so they are not used. The path holds names
 * of our schema and positions in lists only, hence no personal data.
 */
function breachOf(
  error: z.ZodError,
  value: unknown,
  prefix = '',
): { readonly reason: 'missing-field' | 'wrong-type'; readonly field: string } {
  const path = error.issues[0]?.path ?? [];
  const found = path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && typeof key !== 'symbol'
        ? Object.getOwnPropertyDescriptor(at, key)?.value
        : undefined,
    value,
  );
  return {
    reason: found === undefined || found === null ? 'missing-field' : 'wrong-type',
    field: [prefix, ...path.map(String)].filter((part) => part !== '').join('.'),
  };
}
