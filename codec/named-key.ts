/** Secret keys as they are configured: `NAME:BASE64`, with 32 random bytes. */
import { randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
/** Base64 of this form has 32 bytes. */
const WRITTEN = /^([^:]*):([A-Za-z0-9+/]{43}=)$/;

export interface NamedKey {
  readonly name: string;
  /** 32 random bytes. */
  readonly key: Buffer;
}

/**
 * @param names the names that such a key may have
 * @returns undefined if it is written differently
 */
export function parseNamedKey(written: string, names: RegExp): NamedKey | undefined {
  const [, name = '', base64 = ''] = WRITTEN.exec(written) ?? [];
  return names.test(name) ? { name, key: Buffer.from(base64, 'base64') } : undefined;
}

/** A new key in the form in which it is configured. */
export function createNamedKey(name: string): string {
  return `${name}:${randomBytes(KEY_BYTES).toString('base64')}`;
}
