/** Nothing outlives a benchmark, so any key will do; processes of one benchmark share it. */
import { encryptingConverter, parseEncryptionKeys } from '../codec/index.ts';

/** As it stands in the environment of the processes measured. */
export const WRITTEN_KEYS = `bench:${Buffer.alloc(32, 'benchmarks only').toString('base64')}`;
export const dataConverter = encryptingConverter(parseEncryptionKeys(WRITTEN_KEYS));
