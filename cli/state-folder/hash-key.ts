/** The one-machine mode makes its own key; everything else has to be given one. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseHashKey, type HashKey } from '../../client/index.ts';
import { inStateFolder } from './path.ts';

const FILE = 'hash-key';
const KEY_BYTES = 32;

/** Undefined when `onboard up` has never run here. @throws TypeError when the file is damaged */
export async function readHashKey(): Promise<HashKey | undefined> {
  const written = await readFile(inStateFolder(FILE), 'utf8').catch(() => undefined);
  return written === undefined ? undefined : parseHashKey(written);
}

/** Makes the key the first time. */
export async function ensureHashKey(): Promise<HashKey> {
  const path = inStateFolder(FILE);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const key = `1:${randomBytes(KEY_BYTES).toString('base64')}`;
  try {
    await writeFile(path, key, { flag: 'wx', mode: 0o600 });
    return parseHashKey(key);
  } catch {
    // There already.
    return parseHashKey(await readFile(path, 'utf8'));
  }
}
