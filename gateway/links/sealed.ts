/** Tokens that only the gateway can read: encrypted JWTs (RFC 7516, `dir` and `A256GCM` only). */
import { EncryptJWT, errors, jwtDecrypt, type JWTPayload } from 'jose';
import { parseNamedKey } from '../../codec/named-key.ts';

/** The first key encrypts new tokens. The others only decrypt older ones. */
export interface LinkKey {
  /** The id of the key, which is readable in the token: letters, digits, `-` and `_`. */
  readonly kid: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
}

const ALG = 'dir';
const ENC = 'A256GCM';
const KID = /^[A-Za-z0-9_-]{1,16}$/;

/** @throws TypeError, without the value, unless it is written `KID:BASE64,KID:BASE64`, 32 bytes each */
export function parseLinkKeys(written: string): readonly [LinkKey, ...LinkKey[]] {
  const [first, ...others] = written.split(',').map((one) => parseLinkKey(one.trim()));
  if (first === undefined) throw new TypeError('at least one link key is expected');
  const keys = [first, ...others] as const;
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) {
    throw new TypeError('two link keys have the same id');
  }
  return keys;
}

function parseLinkKey(written: string): LinkKey {
  const named = parseNamedKey(written, KID);
  if (named === undefined) {
    throw new TypeError('link keys are written KID:BASE64, with 32 bytes in base64');
  }
  return { kid: named.name, key: new Uint8Array(named.key) };
}

/** @param typ the kind of the token: it opens as no other kind */
export function sealed(
  claims: JWTPayload,
  typ: string,
  until: Date,
  { kid, key }: LinkKey,
): Promise<string> {
  return new EncryptJWT(claims)
    .setProtectedHeader({ alg: ALG, enc: ENC, kid, typ })
    .setExpirationTime(until)
    .encrypt(key);
}

/** The content of an authentic token that is past its time. */
export interface Expired {
  readonly expired: JWTPayload;
}

/** Never throws, as anybody can send a token. */
export async function opened(
  token: string,
  typ: string,
  keys: readonly LinkKey[],
  now: Date,
): Promise<JWTPayload | Expired | 'invalid'> {
  if (!isCanonical(token)) return 'invalid';
  try {
    const { payload } = await jwtDecrypt(token, ({ kid }) => keyOf(keys, kid), {
      keyManagementAlgorithms: [ALG],
      contentEncryptionAlgorithms: [ENC],
      typ,
      requiredClaims: ['exp'],
      currentDate: now,
    });
    return payload;
  } catch (error) {
    return error instanceof errors.JWTExpired ? { expired: error.payload } : 'invalid';
  }
}

function keyOf(keys: readonly LinkKey[], kid: string | undefined): Uint8Array {
  const found = keys.find((key) => key.kid === kid);
  if (found === undefined) throw new errors.JWEDecryptionFailed();
  return found.key;
}

/** Base64 has spare bits at its end. Without this check, one token could be written in several ways. */
function isCanonical(token: string): boolean {
  return token
    .split('.')
    .every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}
