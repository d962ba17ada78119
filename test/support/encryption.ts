/** What tests encrypt with: always the same, so that recorded histories are read again. */
import { encryptingConverter, parseEncryptionKeys } from '../../codec/index.ts';

export const WRITTEN_KEYS = `test:${Buffer.alloc(32, 'tests only').toString('base64')}`;
export const KEYS = parseEncryptionKeys(WRITTEN_KEYS);
export const dataConverter = encryptingConverter(KEYS);
