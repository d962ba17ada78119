/** Keys for the data of a benchmark, which is deleted at its end. */
import { randomBytes } from 'node:crypto';
import { encryptingConverter, parseEncryptionKeys } from '../codec/index.ts';
import type { HashKey } from '../client/index.ts';

/** The encryption key as environment variables have it: all processes of a benchmark share it. */
export const WRITTEN_KEYS = `bench:${Buffer.alloc(32, 'benchmarks only').toString('base64')}`;
export const dataConverter = encryptingConverter(parseEncryptionKeys(WRITTEN_KEYS));

export const HASH_KEY: HashKey = { version: '1', key: randomBytes(32) };
