/** HMAC-SHA256 in a header, over the body (as GitHub has it) or over `time.body` (as Stripe has it). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { momentOf } from '../moment.ts';
import type { WrittenSignature } from './schema.ts';
import { refusalByAge, refused, type SignatureVerdict } from './verdict.ts';

type Settings = Extract<WrittenSignature, { readonly scheme: 'hmac-sha256' }>;

/** While a secret is rotated, an event may have several signatures. */
const MOST_SIGNATURES = 10;
const BYTES = 32;
const PATTERNS = { hex: /^[0-9a-f]{64}$/i, base64: /^[A-Za-z0-9+/_-]{43}=?$/ } as const;

interface Presented {
  readonly signatures: readonly Buffer[];
  /** The text itself, as the signature is over the text. */
  readonly timestamp?: string | undefined;
}

/** Compares with every secret, so that the duration does not reveal the right one. */
export function hmacSha256(settings: Settings, secrets: readonly Uint8Array[]) {
  return (headers: IncomingHttpHeaders, body: Buffer): SignatureVerdict => {
    const { signatures, timestamp } = presentedIn(settings, headers);
    if (signatures.length === 0) return refused('wrong signature');
    if (isTimed(settings)) {
      const at = momentOf(timestamp);
      if (at === undefined) return refused('wrong signature');
      const why = refusalByAge(at, settings.maxAgeSeconds);
      if (why !== undefined) return refused(why);
    }
    const before = timestamp === undefined ? '' : `${timestamp}.`;
    const matching = secrets.flatMap((secret) => {
      const expected = createHmac('sha256', secret).update(before).update(body).digest();
      return signatures.filter((one) => timingSafeEqual(one, expected));
    });
    if (matching.length === 0) return refused('no secret matches');
    // Of the headers only the signature is authentic, and it differs for each delivery.
    const eventId = createHash('sha256').update(body).digest('hex');
    return { authentic: true, signed: body, eventId };
  };
}

function isTimed({ timestampHeader, parts }: Settings): boolean {
  return timestampHeader !== undefined || parts !== undefined;
}

function presentedIn(settings: Settings, headers: IncomingHttpHeaders): Presented {
  const written = textOf(headers, settings.header);
  if (settings.parts === undefined) {
    return {
      signatures: digestsIn([written], settings),
      timestamp: settings.timestampHeader && textOf(headers, settings.timestampHeader),
    };
  }
  const { timestamp, signature } = settings.parts;
  const parts = written.split(',', MOST_SIGNATURES).map((part) => {
    const [name = '', ...value] = part.trim().split('=');
    return { name, value: value.join('=') };
  });
  const of = (sought: string) =>
    parts.filter(({ name }) => name === sought).map(({ value }) => value);
  const times = of(timestamp);
  return {
    signatures: digestsIn(of(signature), settings),
    timestamp: times.length === 1 ? times[0] : undefined,
  };
}

function digestsIn(
  written: readonly string[],
  { encoding, prefix = '' }: Settings,
): readonly Buffer[] {
  return written
    .filter((one) => one.startsWith(prefix))
    .map((one) => one.slice(prefix.length))
    .filter((one) => PATTERNS[encoding].test(one))
    .map((one) => Buffer.from(one, encoding))
    .filter(({ length }) => length === BYTES);
}

function textOf(headers: IncomingHttpHeaders, name: string): string {
  return String(headers[name] ?? '').trim();
}
