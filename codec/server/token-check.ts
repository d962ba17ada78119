/** Checks the tokens that Temporal's UI gets from the identity provider at log-in. */
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { PUBLIC_KEY_ALGORITHMS, publishedKeys } from '../published-keys.ts';
import { CodecRefusal } from './refusals.ts';

export interface TokenRules {
  /** The address at which the identity provider publishes its keys. */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** Tokens have to permit this namespace, in the claim that Temporal's own authorizer reads. */
  readonly namespace?: string | undefined;
}

export type Use = 'read' | 'write';

const CLOCK_TOLERANCE_S = 10;
/** No header is longer. */
const LONGEST = 16_384;

/** As in Temporal's default authorizer: `NAMESPACE:read`, or the same for all namespaces. */
const permissions = z.array(z.unknown()).catch([]);
const ALL_NAMESPACES = 'temporal-system';
const SUFFICE: Readonly<Record<Use, readonly string[]>> = {
  read: ['read', 'write', 'admin'],
  write: ['write', 'admin'],
};

/** The check rejects with a Refusal, which repeats nothing of the token. */
export function createTokenCheck(rules: TokenRules): (token: string, use: Use) => Promise<void> {
  const { issuer, audience, namespace } = rules;
  const key = publishedKeys(rules.jwksUrl, () => new CodecRefusal('no-verification-keys'));
  return async (token, use) => {
    if (token === '' || token.length > LONGEST) throw new CodecRefusal('unauthorised');
    const { payload } = await jwtVerify(token, key, {
      algorithms: PUBLIC_KEY_ALGORITHMS,
      issuer,
      audience,
      requiredClaims: ['exp'],
      clockTolerance: CLOCK_TOLERANCE_S,
    }).catch((error: unknown) => {
      throw error instanceof errors.JOSEError ? new CodecRefusal('unauthorised') : error;
    });
    if (namespace === undefined) return;
    const permitted = permissions.parse(payload['permissions']);
    if (!permitted.some((one) => permits(one, namespace, use))) throw new CodecRefusal('forbidden');
  };
}

function permits(permission: unknown, namespace: string, use: Use): boolean {
  if (typeof permission !== 'string') return false;
  const at = permission.lastIndexOf(':');
  const where = permission.slice(0, at);
  const role = permission.slice(at + 1).toLowerCase();
  return (where === namespace || where === ALL_NAMESPACES) && SUFFICE[use].includes(role);
}
