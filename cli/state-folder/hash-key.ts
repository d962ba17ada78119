/** The one-machine mode makes its own key; everything else has to be given one. */
import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseHashKey, type HashKey } from '../../client/index.ts';
import { CommandError } from '../failure.ts';
import { inStateFolder } from './path.ts';

const FILE = 'hash-key';
const KEY_BYTES = 32;

/** Undefined when `onboard up` has never run here. @throws CommandError when the file is damaged */
export async function readHashKey(): Promise<HashKey | undefined> {
  const path = inStateFolder(FILE);
  const written = await readFile(path, 'utf8').catch(() => undefined);
  return written === undefined ? undefined : parsed(written, path);
}

/** Makes the key the first time. @throws CommandError when the file is damaged */
export async function ensureHashKey(): Promise<HashKey> {
  const there = await readHashKey();
  if (there !== undefined) return there;
  const path = inStateFolder(FILE);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeOnce(path, `1:${randomBytes(KEY_BYTES).toString('base64')}`);
  // Another's, where somebody was quicker.
  return parsed(await readFile(path, 'utf8'), path);
}

/** Appears under its name when whole, so that neither a kill nor a full disk leaves half a key. */
async function writeOnce(path: string, key: string): Promise<void> {
  const whole = `${path}.${randomUUID()}`;
  try {
    await writeFile(whole, key, { mode: 0o600, flush: true });
    await link(whole, path).catch((error: unknown) => {
      if (isThere(error)) throw error;
      // Not every file system has links.
      return writeFile(path, key, { flag: 'wx', mode: 0o600, flush: true });
    });
  } catch (error) {
    if (!isThere(error)) throw error;
  } finally {
    await rm(whole, { force: true });
  }
}

/** Never made anew by itself: what the lost key has hashed would silently not be found any more. */
function parsed(written: string, path: string): HashKey {
  try {
    return parseHashKey(written);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CommandError(
      `${path} is damaged: it should hold the key by which onboardings are found by address. Put it ` +
        'back from a copy, or delete it: a new one is made at the next `npm start`, and what was ' +
        'started before is no longer found by address.',
    );
  }
}

function isThere(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
}
