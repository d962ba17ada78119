/**
 * What an answer's body says, before anyone judges it. Successes are encrypted as a whole, errors
 * and maintenance come in clear, and older tokens get everything in clear (docs/ar24-api.md 1.5).
 * Whether errors are ever encrypted is not known, so both are read in both forms.
 */
import { z } from 'zod';

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

/** @param decrypt throws when the body is not encrypted with our key */
export function readEnvelope(body: string, decrypt: (body: string) => string): Envelope {
  // PHP files saved with a byte-order mark put one before every answer.
  const trimmed = body.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return { kind: 'invalid', reason: 'empty' };
  if (trimmed.startsWith('{')) return parse(trimmed, false);
  // No ciphertext: a proxy's page, most likely.
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
    // A wrong key now and then yields garbage instead of an error.
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
 * The first thing wrong with a value, without the value: zod's own texts may quote it.
 * The path holds our schema's names and positions in lists only, so that it tells nothing.
 */
export function breachOf(
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
