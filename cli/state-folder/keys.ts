/** The keys that the one-machine mode makes for itself. Elsewhere the environment has to name them. */
import { parseHashKey, type HashKey } from '../../client/index.ts';
import { createNamedKey } from '../../codec/named-key.ts';
import { createEncryptionKey, parseEncryptionKeys, type KeyRing } from '../../codec/index.ts';
import { CommandError } from '../failure.ts';
import { ensureSecret, readSecret } from './kept-secret.ts';
import { inStateFolder } from './path.ts';

/** A key a line. The first one encrypts: an operator may add a new one above. */
export const ENCRYPTION_KEYS = 'encryption-keys';

/** Undefined when `onboard up` has never run here. @throws CommandError when the file is damaged */
export async function readEncryptionKeys(): Promise<KeyRing | undefined> {
  const written = await readSecret(ENCRYPTION_KEYS);
  return written === undefined ? undefined : parsedEncryptionKeys(written);
}

/** The keys in the form of the environment; made the first time. @throws CommandError when damaged */
export async function ensureEncryptionKeys(): Promise<string> {
  const written = await ensureSecret(ENCRYPTION_KEYS, () => `${createEncryptionKey('local')}\n`);
  parsedEncryptionKeys(written);
  return written;
}

/** A damaged file is never replaced by a new key: data of the lost key could not be read again. */
function parsedEncryptionKeys(written: string): KeyRing {
  try {
    return parseEncryptionKeys(written);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CommandError(
      `${inStateFolder(ENCRYPTION_KEYS)} is damaged: it should hold the key that encrypts the data in Temporal ` +
        `(${error.message}). Restore it from a copy. Without it, the onboardings that were started cannot be ` +
        'read: delete the file, and start again with `npm start -- --reset`.',
    );
  }
}

export const HASH_KEY = 'hash-key';

/** Undefined when `onboard up` has never run here. @throws CommandError when the file is damaged */
export async function readHashKey(): Promise<HashKey | undefined> {
  const written = await readSecret(HASH_KEY);
  return written === undefined ? undefined : parsedHashKey(written);
}

/** Makes the key the first time. @throws CommandError when the file is damaged */
export async function ensureHashKey(): Promise<HashKey> {
  return parsedHashKey(await ensureSecret(HASH_KEY, () => createNamedKey('1')));
}

/** A damaged file is never replaced by a new key: onboardings of the lost key would silently not be found. */
function parsedHashKey(written: string): HashKey {
  try {
    return parseHashKey(written);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CommandError(
      `${inStateFolder(HASH_KEY)} is damaged: it should hold the key by which onboardings are found by ` +
        'address. Restore it from a copy. Or go on with a new key, with which earlier onboardings are ' +
        `no longer found by address: npx onboard key hash > '${inStateFolder(HASH_KEY)}'`,
    );
  }
}
