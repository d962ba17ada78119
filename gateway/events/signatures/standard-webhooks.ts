/** Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { momentOf } from '../moment.ts';
import { refusalByAge, refused, type SignatureVerdict, type Verifier } from './verdict.ts';

/** Standard Webhooks: 24 to 64 bytes. */
const LEAST_BYTES = 24;
/** Supabase writes `v1,whsec_…`. */
const WRITTEN = /^(?:v1,)?(?:whsec_)?([A-Za-z0-9+/]+={0,2})$/;
const SIGNATURE = /(?:^| )v1,[A-Za-z0-9+/]{43}=(?:,?(?: |$))/;

/** Svix, the origin of Standard Webhooks, has the same headers under its own name. */
const FAMILIES = ['webhook', 'svix'] as const;

/** @returns undefined unless it is 24 bytes or more in base64, with `whsec_` before it or without */
export function parseSecret(written: string): Uint8Array | undefined {
  const key = Buffer.from(WRITTEN.exec(written.trim())?.[1] ?? '', 'base64');
  return key.length < LEAST_BYTES ? undefined : key;
}

/** Verifies with every secret, so that the duration does not reveal the right one. */
export function standardWebhooks(secrets: readonly Uint8Array[]) {
  const webhooks = secrets.map((secret) => new Webhook(secret, { format: 'raw' }));
  return (headers: IncomingHttpHeaders, body: Buffer): SignatureVerdict => {
    // The library decodes all invalid bytes to the same character, so different bodies would verify alike.
    if (!isUtf8(body)) return refused('wrong signature');
    // A proxy may add a header of the other family, so only a complete family counts.
    const families = FAMILIES.flatMap((family) => signedHeaders(headers, family) ?? []);
    const [first] = families;
    if (first === undefined) return refused('wrong signature');
    const signed = families.find(
      (family) => webhooks.filter((webhook) => isSigned(webhook, family, body)).length > 0,
    );
    if (signed !== undefined) {
      return { authentic: true, signed: body, eventId: signed['webhook-id'] };
    }
    return refused(whyNot(first));
  };
}

/** For unknown sources. It takes as long as the check of a configured one. */
export const refuseAll: Verifier = (() => {
  const verify = standardWebhooks([randomBytes(LEAST_BYTES)]);
  return (headers, body) => {
    verify(headers, body);
    return refused('unknown source');
  };
})();

/** The library allows 5 minutes of difference. */
function isSigned(webhook: Webhook, headers: SignedHeaders, body: Buffer): boolean {
  try {
    webhook.verify(body, { ...headers }, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

function whyNot(headers: SignedHeaders) {
  const at = momentOf(headers['webhook-timestamp']);
  if (at === undefined || !SIGNATURE.test(headers['webhook-signature'])) return 'wrong signature';
  return refusalByAge(at) ?? 'no secret matches';
}

type SignedHeaders = Readonly<
  Record<'webhook-id' | 'webhook-signature' | 'webhook-timestamp', string>
>;

/** Undefined unless all three headers are present. */
function signedHeaders(
  headers: IncomingHttpHeaders,
  family: (typeof FAMILIES)[number],
): SignedHeaders | undefined {
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((name) =>
    String(headers[`${family}-${name}`] ?? ''),
  );
  if (!id || !timestamp || !signature) return undefined;
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}
