/** Secrets of a source, and whether an event was signed with one of them. */
import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** Standard Webhooks: 24 to 64 bytes. */
const LEAST_BYTES = 24;
/** `v1,whsec_…` is how Supabase writes it. */
const WRITTEN = /^(?:v1,)?(?:whsec_)?([A-Za-z0-9+/]+={0,2})$/;

const PREFIXES = ['webhook', 'svix'] as const;

/** @returns undefined unless it is 24 bytes or more in base64, with `whsec_` before it or without */
export function parseSecret(written: string): Uint8Array | undefined {
  const key = Buffer.from(WRITTEN.exec(written.trim())?.[1] ?? '', 'base64');
  return key.length < LEAST_BYTES ? undefined : key;
}

/** Verifies with every secret, so that how long it takes does not tell which one it was. */
export function createVerifier(secrets: readonly Uint8Array[]) {
  const webhooks = secrets.map((secret) => new Webhook(secret, { format: 'raw' }));
  return (headers: IncomingHttpHeaders, body: Buffer): boolean => {
    // Bytes that are no text would all be read as the same sign, and so verify alike.
    if (!isUtf8(body)) return false;
    const signed = signedHeaders(headers);
    return webhooks.filter((webhook) => isSigned(webhook, signed, body)).length > 0;
  };
}

/** Those that there are have 40 characters at most. */
const LONGEST_ID = 100;

export type Verifier = ReturnType<typeof createVerifier>;

/** For a source that nobody configured: refuses as slowly as one that is. */
export const refuseAll: Verifier = createVerifier([randomBytes(LEAST_BYTES)]);

/** At most 5 minutes old, or ahead. */
function isSigned(webhook: Webhook, headers: Record<string, string>, body: Buffer): boolean {
  try {
    webhook.verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

/** Of an authentic event: the same however often it is delivered. */
export function eventIdOf(headers: IncomingHttpHeaders): string {
  return (signedHeaders(headers)['webhook-id'] ?? '').slice(0, LONGEST_ID);
}

/** Svix, which Standard Webhooks came from, names the same headers after itself. */
function signedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const prefix = PREFIXES.find((one) => headers[`${one}-id`] !== undefined) ?? 'webhook';
  const named = ['id', 'timestamp', 'signature'].map((name) => [
    `webhook-${name}`,
    String(headers[`${prefix}-${name}`] ?? ''),
  ]);
  return Object.fromEntries(named) as Record<string, string>;
}
