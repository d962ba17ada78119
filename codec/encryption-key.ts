/** The keys of payloads. The first one encrypts, all decrypt. */
import { createHmac } from 'node:crypto';
import { createNamedKey, parseNamedKey } from './named-key.ts';

const FINGERPRINT_CHARACTERS = 8;
const NAME = /^[A-Za-z0-9_.-]{1,32}$/;
const MOST_KEYS = 20;

export interface EncryptionKey {
  /**
   * Its name and a fingerprint of its bytes, such as `2026-11-3f9a01bc`. Each encrypted payload has it as metadata.
   * Other bytes with the same name are another key, so that their payloads count as waiting for a key, and not as
   * damaged.
   */
  readonly id: string;
  /** 32 random bytes. */
  readonly key: Buffer;
}

/** The first one encrypts, all decrypt. */
export type KeyRing = readonly [EncryptionKey, ...EncryptionKey[]];

/** The form of a key's id. We have never written any other. */
const ID_PATTERN = /^[A-Za-z0-9_.-]{1,41}$/;

export function isKeyId(text: string): boolean {
  return ID_PATTERN.test(text);
}

/**
 * @param written `NAME:BASE64 of 32 bytes`, separated by commas or new lines, the encrypting key first. Lines may
 *   end with a comment after `#`
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

/** Creates a key in the form in which it is configured. @throws TypeError if the name is invalid */
export function createEncryptionKey(name: string): string {
  const written = createNamedKey(name);
  parsed(written);
  return written;
}

function parsed(written: string): EncryptionKey {
  const named = parseNamedKey(written, NAME);
  if (named === undefined) {
    throw new TypeError('an encryption key is written NAME:BASE64, with 32 bytes in base64');
  }
  const { name, key } = named;
  return { id: `${name}-${fingerprintOf(key)}`, key };
}

/** The key cannot be derived from it. */
function fingerprintOf(key: Buffer): string {
  const digest = createHmac('sha256', key).update('sender-onboarding: key id').digest('hex');
  return digest.slice(0, FINGERPRINT_CHARACTERS);
}

/** A payload was encrypted with a key that this process lacks. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError';
  readonly keyId: string;

  constructor(keyId: string) {
    super(
      `encrypted with the key ${keyId}, which is not among ONBOARDING_ENCRYPTION_KEYS here: what needs ` +
        'it waits until it is',
    );
    this.keyId = keyId;
  }
}
