/** A JWT that published keys verify. The token is the body, or is in a header and has the hash of the body. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { errors, jwtVerify } from 'jose';
import { PUBLIC_KEY_ALGORITHMS, publishedKeys } from '../../../codec/published-keys.ts';
import { HttpProblem } from '../../problems/problem.ts';
import type { WrittenSignature } from './schema.ts';
import { refused, TOLERANCE_S, type SignatureRefusal, type SignatureVerdict } from './verdict.ts';

type Settings = Extract<WrittenSignature, { readonly scheme: 'jwt' }>;

const TRY_AGAIN_S = 30;

export function signedJwt(settings: Settings) {
  const key = publishedKeys(settings.jwksUrl, (cause) => {
    return new HttpProblem('no-verification-keys', { retryAfter: TRY_AGAIN_S, cause });
  });
  const options = {
    algorithms: PUBLIC_KEY_ALGORITHMS,
    clockTolerance: TOLERANCE_S,
    requiredClaims: [...(settings.requiredClaims ?? [])],
    ...(settings.issuer !== undefined && { issuer: settings.issuer }),
    ...(settings.audience !== undefined && { audience: settings.audience }),
  };
  return async (headers: IncomingHttpHeaders, body: Buffer): Promise<SignatureVerdict> => {
    const { header, bodyHashClaim } = settings;
    const token = header === undefined ? body.toString() : String(headers[header] ?? '');
    try {
      const { payload } = await jwtVerify(token.trim(), key, options);
      if (header !== undefined && bodyHashClaim !== undefined) {
        const hash = createHash('sha256').update(body).digest();
        if (!isHash(payload[bodyHashClaim], hash)) return refused('wrong signature');
        return { authentic: true, signed: body, eventId: hash.toString('hex') };
      }
      const claims = Buffer.from(token.trim().split('.')[1] ?? '', 'base64url');
      const eventId = createHash('sha256').update(claims).digest('hex');
      return { authentic: true, signed: claims, eventId };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      return refused(refusalIn(error));
    }
  };
}

function isHash(claim: unknown, hash: Buffer): boolean {
  return claim === hash.toString('base64') || claim === hash.toString('base64url');
}

function refusalIn(error: errors.JOSEError): SignatureRefusal {
  if (error instanceof errors.JWTExpired) return 'too old';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') return 'too new';
  const { JWSSignatureVerificationFailed, JWKSNoMatchingKey, JWKSMultipleMatchingKeys } = errors;
  const noKey = [JWSSignatureVerificationFailed, JWKSNoMatchingKey, JWKSMultipleMatchingKeys];
  return noKey.some((kind) => error instanceof kind) ? 'no secret matches' : 'wrong signature';
}
