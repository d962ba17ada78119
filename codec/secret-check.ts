/** Compares presented secrets with known ones by their hashes, so that all have the same length. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256, hexadecimal. Our secrets are random, so a slow hash would add nothing. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The one whose secret was presented. Compares with all of them, each in constant time. */
export function findBySecret<T extends { readonly hash: string }>(
  known: readonly T[],
  presented: string,
): T | undefined {
  const hash = Buffer.from(hashOfSecret(presented), 'hex');
  return known.filter((one) => timingSafeEqual(Buffer.from(one.hash, 'hex'), hash))[0];
}

export function createSecretCheck(secrets: readonly string[]): (presented: string) => boolean {
  const known = secrets.map((secret) => ({ hash: hashOfSecret(secret) }));
  return (presented) => findBySecret(known, presented) !== undefined;
}
