/** The one-machine mode makes its own key; everything else has to be given one. */
import { createEncryptionKey, parseEncryptionKeys, type KeyRing } from '../../codec/index.ts';
import { CommandError } from '../failure.ts';
import { ensureSecret, readSecret } from './kept-secret.ts';
import { inStateFolder } from './path.ts';

/** A key a line, the one that writes first: a new one may be put above by hand. */
const FILE = 'encryption-keys';

/** Undefined when `onboard up` has never run here. @throws CommandError when the file is damaged */
export async function readEncryptionKeys(): Promise<KeyRing | undefined> {
  const written = await readSecret(FILE);
  return written === undefined ? undefined : parsed(written);
}

/** As it would stand in the environment; made the first time. @throws CommandError when it is damaged */
export async function ensureEncryptionKeys(): Promise<string> {
  const written = await ensureSecret(FILE, () => `${createEncryptionKey('local')}\n`);
  parsed(written);
  return written;
}

/** Never made anew by itself: what the lost key has encrypted could never be read again. */
function parsed(written: string): KeyRing {
  try {
    return parseEncryptionKeys(written);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CommandError(
      `${inStateFolder(FILE)} is damaged: it should hold the key that encrypts what Temporal keeps ` +
        `(${error.message}). Put it back from a copy; without it what was started cannot be read, and ` +
        '`npm start -- --reset` after deleting it begins anew.',
    );
  }
}
