import { randomBytes } from 'node:crypto';
import type { HashKey } from '../client/index.ts';

/** Nothing outlives a benchmark, so any key will do. */
export const HASH_KEY: HashKey = { version: '1', key: randomBytes(32) };
