/** Whether a token of the identity provider lets its bearer read: the one that Temporal's UI has from the log-in. */
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { Refusal } from './refusals.ts';

export interface TokenRules {
  /** Where the identity provider tells the keys that verify its tokens. */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** Tokens have to permit reading this namespace, in the claim that Temporal's own authorizer reads. */
  readonly namespace?: string | undefined;
}

export type Use = 'read' | 'write';

/** Signed by a key of the provider's only: never `none`, and never a secret, which a public key is not. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
const CLOCK_TOLERANCE_S = 10;
const JWKS_TIMEOUT_MS = 5_000;
/** Longer fits into no header. */
const LONGEST = 16_384;

/** As Temporal's default authorizer has it: `NAMESPACE:read`, or the same for all namespaces. */
const permissions = z.array(z.unknown()).catch([]);
const ALL_NAMESPACES = 'temporal-system';
const SUFFICE: Readonly<Record<Use, readonly string[]>> = {
  read: ['read', 'write', 'admin'],
  write: ['write', 'admin'],
};

/** The check throws a Refusal, which tells nothing of the token, and resolves for a good one. */
export function createTokenCheck(rules: TokenRules): (token: string, use: Use) => Promise<void> {
  const { issuer, audience, namespace } = rules;
  const key = verificationKeys(rules.jwksUrl);
  return async (token, use) => {
    if (token === '' || token.length > LONGEST) throw new Refusal('unauthorised');
    const { payload } = await jwtVerify(token, key, {
      algorithms: ALGORITHMS,
      issuer,
      audience,
      requiredClaims: ['exp'],
      clockTolerance: CLOCK_TOLERANCE_S,
    }).catch((error: unknown) => {
      throw error instanceof errors.JOSEError ? new Refusal('unauthorised') : error;
    });
    if (namespace === undefined) return;
    const permitted = permissions.parse(payload['permissions']);
    if (!permitted.some((one) => permits(one, namespace, use))) throw new Refusal('forbidden');
  };
}

function permits(permission: unknown, namespace: string, use: Use): boolean {
  if (typeof permission !== 'string') return false;
  const at = permission.lastIndexOf(':');
  const where = permission.slice(0, at);
  const role = permission.slice(at + 1).toLowerCase();
  return (where === namespace || where === ALL_NAMESPACES) && SUFFICE[use].includes(role);
}

/** Fetched when they are needed, and kept for ten minutes. A key that is not among them is a bad token. */
function verificationKeys(url: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(url), { timeoutDuration: JWKS_TIMEOUT_MS });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = errors;
      const ofTheToken = [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported];
      if (ofTheToken.some((kind) => error instanceof kind)) throw error;
      throw new Refusal('no-verification-keys');
    }
  };
}
