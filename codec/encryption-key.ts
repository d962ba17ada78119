/** The keys that payloads are encrypted with: one writes, all read. */
import { createHmac, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const FINGERPRINT_CHARACTERS = 8;
const WRITTEN = /^([A-Za-z0-9_.-]{1,32}):([A-Za-z0-9+/]{43}=)$/;
const MOST_KEYS = 20;

export interface EncryptionKey {
  /**
   * Its name and a fingerprint of its bytes, such as `2026-11-3f9a01bc`. It stands in the open beside what
   * the key has encrypted. Other bytes under the same name are another key: what they cannot read
   * waits for the right ones, and is not taken for damaged.
   */
  readonly id: string;
  /** 32 random bytes. */
  readonly key: Buffer;
}

/** The first one writes, all read. */
export type KeyRing = readonly [EncryptionKey, ...EncryptionKey[]];

/**
 * @param written `NAME:BASE64 of 32 bytes`, the one that writes first, with commas or new lines between;
 *   in lines also comments behind `#`
 * @throws TypeError, without the value
 */
export function parseEncryptionKeys(written: string): KeyRing {
  const [first, ...others] = written
    .split('\n')
    .map((line) => line.replace(/#.*/, ''))
    .flatMap((line) => line.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(parsed);
  if (first === undefined) throw new TypeError('there is no encryption key in it');
  const ring: KeyRing = [first, ...others];
  if (ring.length > MOST_KEYS) throw new TypeError(`${MOST_KEYS} encryption keys are the most`);
  if (new Set(ring.map(({ id }) => id)).size < ring.length) {
    throw new TypeError('an encryption key is there twice');
  }
  return ring;
}

/** A new key as it is written. @throws TypeError where the name can be none */
export function createEncryptionKey(name: string): string {
  const written = `${name}:${randomBytes(KEY_BYTES).toString('base64')}`;
  parsed(written);
  return written;
}

function parsed(written: string): EncryptionKey {
  const [, name, base64] = WRITTEN.exec(written) ?? [];
  const key = Buffer.from(base64 ?? '', 'base64');
  if (name === undefined || key.length !== KEY_BYTES) {
    throw new TypeError('an encryption key is written NAME:BASE64, with 32 bytes in base64');
  }
  return { id: `${name}-${fingerprintOf(key)}`, key };
}

/** Tells nothing of the key. */
function fingerprintOf(key: Buffer): string {
  const digest = createHmac('sha256', key).update('sender-onboarding: key id').digest('hex');
  return digest.slice(0, FINGERPRINT_CHARACTERS);
}
