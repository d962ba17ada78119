/** The one-machine mode makes its own key; everything else has to be given one. */
import { randomBytes } from 'node:crypto';
import { parseHashKey, type HashKey } from '../../client/index.ts';
import { CommandError } from '../failure.ts';
import { ensureSecret, readSecret } from './kept-secret.ts';
import { inStateFolder } from './path.ts';

const FILE = 'hash-key';
const KEY_BYTES = 32;

/** Undefined when `onboard up` has never run here. @throws CommandError when the file is damaged */
export async function readHashKey(): Promise<HashKey | undefined> {
  const written = await readSecret(FILE);
  return written === undefined ? undefined : parsed(written);
}

/** Makes the key the first time. @throws CommandError when the file is damaged */
export async function ensureHashKey(): Promise<HashKey> {
  return parsed(await ensureSecret(FILE, () => `1:${randomBytes(KEY_BYTES).toString('base64')}`));
}

/** Never made anew by itself: what the lost key has hashed would silently not be found any more. */
function parsed(written: string): HashKey {
  try {
    return parseHashKey(written);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CommandError(
      `${inStateFolder(FILE)} is damaged: it should hold the key by which onboardings are found by ` +
        'address. Put it back from a copy, or delete it: a new one is made at the next `npm start`, ' +
        'and what was started before is no longer found by address.',
    );
  }
}
