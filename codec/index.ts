/**
 * Encryption of what Temporal keeps: its database, its backups and its UI hold nothing that can be read
 * without the keys.
 *
 * ```ts
 * import { encryptingConverter, parseEncryptionKeys } from 'sender-onboarding/codec';
 *
 * const dataConverter = encryptingConverter(parseEncryptionKeys(process.env.ONBOARDING_ENCRYPTION_KEYS));
 * const temporal = new Client({ connection, dataConverter });
 * ```
 */
export { encryptingConverter, FAILURE_CONVERTER_PATH } from './data-converter.ts';
export { EncryptionCodec } from './encryption-codec.ts';
export {
  createEncryptionKey,
  parseEncryptionKeys,
  type EncryptionKey,
  type KeyRing,
} from './encryption-key.ts';
export { KEY_ID, UNREADABLE_ENCODING } from './names.ts';
export { PlainCodec, plainConverter } from './plain-codec.ts';
export { UnknownKeyError } from './unknown-key-error.ts';
