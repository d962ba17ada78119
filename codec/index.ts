/**
 * Encrypts all payloads in Temporal, so that its database, backups and UI show nothing without the keys.
 *
 * ```ts
 * import { Client, Connection } from '@temporalio/client';
 * import { encryptingConverter, parseEncryptionKeys } from 'sender-onboarding/codec';
 *
 * const keys = parseEncryptionKeys(process.env.ONBOARDING_ENCRYPTION_KEYS ?? '');
 * const dataConverter = encryptingConverter(keys);
 * const temporal = new Client({ connection: await Connection.connect(), dataConverter });
 * ```
 */
export { encryptingConverter, FAILURE_CONVERTER_PATH, plainConverter } from './data-converter.ts';
export { EncryptionCodec, PlainCodec } from './encryption-codec.ts';
export {
  createEncryptionKey,
  parseEncryptionKeys,
  UnknownKeyError,
  type EncryptionKey,
  type KeyRing,
} from './encryption-key.ts';
export {
  CODEC_METRICS,
  codecObserver,
  type CodecObserver,
  type DecryptionFailure,
} from './metrics.ts';
export { KEY_ID, UNREADABLE_ENCODING } from './payload-metadata.ts';
