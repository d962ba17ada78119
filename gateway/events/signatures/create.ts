/** Creates the signature check of a source, by its scheme. */
import { valueAt } from '../json-path.ts';
import { momentOf } from '../moment.ts';
import { hmacSha256 } from './hmac.ts';
import { signedJwt } from './jwt.ts';
import type { WrittenSignature } from './schema.ts';
import { parseSecret, standardWebhooks } from './standard-webhooks.ts';
import { refusalByAge, refused, type SignatureVerdict, type Verifier } from './verdict.ts';

/** The secrets of all providers are longer. */
const LEAST_CHARACTERS = 16;

export function createVerifier(
  settings: WrittenSignature,
  secrets: readonly Uint8Array[],
): Verifier {
  switch (settings.scheme) {
    case 'standard-webhooks':
      return standardWebhooks(secrets);
    case 'hmac-sha256':
      return recent(settings, hmacSha256(settings, secrets));
    case 'jwt':
      return recent(settings, signedJwt(settings));
  }
}

/** Undefined if it is invalid. {@link secretExpected} then describes a valid one. */
export function secretOf({ scheme }: WrittenSignature, written: string): Uint8Array | undefined {
  switch (scheme) {
    case 'standard-webhooks':
      return parseSecret(written);
    case 'hmac-sha256':
      return written.length < LEAST_CHARACTERS ? undefined : Buffer.from(written);
    case 'jwt':
      return undefined;
  }
}

export function secretExpected({ scheme }: WrittenSignature): string {
  switch (scheme) {
    case 'standard-webhooks':
      return '24 bytes or more in base64 are expected, such as whsec_…';
    case 'hmac-sha256':
      return `${LEAST_CHARACTERS} characters or more are expected, as the provider shows the secret`;
    case 'jwt':
      return 'a JWT is verified by the keys at jwksUrl: it needs no secret';
  }
}

type Age = Pick<Extract<WrittenSignature, { scheme: 'jwt' }>, 'maxAgeSeconds' | 'sentAt'>;

/** For sources whose only time is a field of the event. */
function recent({ sentAt, maxAgeSeconds }: Age, verify: Verifier): Verifier {
  if (sentAt === undefined) return verify;
  return async (headers, body): Promise<SignatureVerdict> => {
    const verdict = await verify(headers, body);
    if (!verdict.authentic) return verdict;
    const at = momentOf(valueAt(sentAt, eventIn(verdict.signed)));
    const why = at === undefined ? 'too old' : refusalByAge(at, maxAgeSeconds);
    return why === undefined ? verdict : refused(why);
  };
}

function eventIn(signed: Buffer): unknown {
  try {
    return JSON.parse(signed.toString());
  } catch {
    return undefined;
  }
}
