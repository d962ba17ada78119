/** Keys of the partner's programs: random, kept as hashes, and good for some scopes only. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const SCOPES = ['start', 'read', 'operate', 'override', 'erase'] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiKey {
  /** Who has it: stands as the actor beside what was done with it. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** SHA-256 of the key, hexadecimal. A key is random, so that nothing slower is needed. */
  readonly hash: string;
}

const PREFIX = 'onb_';
const SECRET_BYTES = 32;
const WRITTEN = /^([A-Za-z0-9_-]{1,40}):([a-z+]{1,60}):([0-9a-f]{64})$/;

/** A new one: the key itself is to be seen this once. */
export function createApiKey(
  name: string,
  scopes: readonly Scope[],
): { readonly key: string; readonly written: string } {
  const key = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  return { key, written: `${name}:${scopes.join('+')}:${hashOf(key)}` };
}

/** The same for a key that is at hand. */
export function writtenApiKey(name: string, scopes: readonly Scope[], key: string): string {
  return `${name}:${scopes.join('+')}:${hashOf(key)}`;
}

/**
 * Keys as they are configured: `NAME:SCOPE+SCOPE:HASH`, with commas or blanks between.
 *
 * @throws TypeError that names the place, not the hash
 */
export function parseApiKeys(written: string): readonly ApiKey[] {
  const keys = written
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .map(parseApiKey);
  const hashes = new Set(keys.map(({ hash }) => hash));
  if (hashes.size < keys.length) throw new TypeError('two keys have the same hash');
  return keys;
}

function parseApiKey(written: string, index: number): ApiKey {
  const [, name = '', scopeNames = '', hash = ''] = WRITTEN.exec(written) ?? [];
  const scopes = scopeNames.split('+');
  const known = SCOPES.filter((scope) => scopes.includes(scope));
  if (hash === '' || known.length !== new Set(scopes).size) {
    throw new TypeError(
      `key ${index + 1} is not written NAME:SCOPES:SHA256, with scopes of ${SCOPES.join('+')}: ` +
        '`onboard key create` prints one',
    );
  }
  return { name, scopes: known, hash };
}

/** Every key is compared, each in constant time. */
export function findApiKey(keys: readonly ApiKey[], presented: string): ApiKey | undefined {
  const hash = Buffer.from(hashOf(presented), 'hex');
  return keys.filter((key) => timingSafeEqual(Buffer.from(key.hash, 'hex'), hash))[0];
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
