/** The encryption keys of the tests: always the same, so that recorded histories can be read. */
import { encryptingConverter, parseEncryptionKeys, plainConverter } from '../../codec/index.ts';

export const WRITTEN_KEYS = `test:${Buffer.alloc(32, 'tests only').toString('base64')}`;
export const KEYS = parseEncryptionKeys(WRITTEN_KEYS);
/** As workers without keys record, for histories that are recorded in clear. */
export const PAYLOADS = process.env['RECORD_HISTORIES'] === 'plaintext' ? 'plaintext' : 'encrypted';
export const dataConverter =
  PAYLOADS === 'plaintext' ? plainConverter() : encryptingConverter(KEYS);
