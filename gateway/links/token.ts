/**
 * What a link carries, closed: an encrypted JWT (RFC 7516, `dir` and `A256GCM` only), so that not even
 * the reference can be read in an address bar, a proxy's log or a browser's history.
 */
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { LinkKey } from './link-keys.ts';

/** A token with a reference of 128 characters has about 560. */
const LONGEST = 1_000;
const ALG = 'dir';
const ENC = 'A256GCM';
/** So that no other token made with the same key is ever taken for a link. */
const TYP = 'sender-link';

const claimsSchema = z.object({
  sub: z.string(),
  startedAt: z.iso.datetime(),
  issuedAt: z.iso.datetime(),
  exp: z.number(),
});

export interface LinkClaims {
  readonly reference: string;
  /** Of the first run: a restarted onboarding has another. */
  readonly startedAt: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
}

export function closeToken(claims: LinkClaims, { kid, key }: LinkKey): Promise<string> {
  const { reference, startedAt, issuedAt, expiresAt } = claims;
  return new EncryptJWT({ startedAt, issuedAt })
    .setProtectedHeader({ alg: ALG, enc: ENC, kid, typ: TYP })
    .setSubject(reference)
    .setExpirationTime(new Date(expiresAt))
    .encrypt(key);
}

/** Never throws: a token is whatever somebody typed. */
export async function openToken(
  token: string,
  keys: readonly LinkKey[],
  now: Date,
): Promise<LinkClaims | 'expired' | 'invalid'> {
  if (!isCanonical(token)) return 'invalid';
  try {
    const { payload } = await jwtDecrypt(token, ({ kid }) => keyOf(keys, kid), {
      keyManagementAlgorithms: [ALG],
      contentEncryptionAlgorithms: [ENC],
      typ: TYP,
      requiredClaims: ['sub', 'exp'],
      currentDate: now,
    });
    const parsed = claimsSchema.safeParse(payload);
    if (!parsed.success) return 'invalid';
    const { sub: reference, startedAt, issuedAt, exp } = parsed.data;
    return { reference, startedAt, issuedAt, expiresAt: new Date(exp * 1_000).toISOString() };
  } catch (error) {
    return error instanceof errors.JWTExpired ? 'expired' : 'invalid';
  }
}

function keyOf(keys: readonly LinkKey[], kid: string | undefined): Uint8Array {
  const found = keys.find((key) => key.kid === kid);
  if (found === undefined) throw new errors.JWEDecryptionFailed();
  return found.key;
}

/** Base64 has spare bits at its end: without this, one link could be written in several ways. */
function isCanonical(token: string): boolean {
  if (token.length > LONGEST) return false;
  return token
    .split('.')
    .every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}
