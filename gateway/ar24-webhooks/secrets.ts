import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares with every secret, each in constant time, whatever was presented. */
export function createSecretCheck(secrets: readonly string[]): (presented: string) => boolean {
  const hashes = secrets.map(hashOf);
  return (presented) => {
    const hash = hashOf(presented);
    return hashes.filter((one) => timingSafeEqual(one, hash)).length > 0;
  };
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
