/** What the one-machine mode makes for itself, once: keys and secrets, each in a file of its own. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inStateFolder } from './path.ts';

/** Undefined when it was never made here. */
export async function readSecret(file: string): Promise<string | undefined> {
  return readFile(inStateFolder(file), 'utf8').catch(() => undefined);
}

/** Makes it the first time. */
export async function ensureSecret(file: string, make: () => string): Promise<string> {
  const there = await readSecret(file);
  if (there !== undefined) return there;
  const path = inStateFolder(file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeOnce(path, make());
  // Another's, where somebody was quicker.
  return readFile(path, 'utf8');
}

/** Appears under its name when whole, so that neither a kill nor a full disk leaves half a key. */
async function writeOnce(path: string, secret: string): Promise<void> {
  const whole = `${path}.${randomUUID()}`;
  try {
    await writeFile(whole, secret, { mode: 0o600, flush: true });
    await link(whole, path).catch((error: unknown) => {
      if (isThere(error)) throw error;
      // Not every file system has links.
      return writeFile(path, secret, { flag: 'wx', mode: 0o600, flush: true });
    });
  } catch (error) {
    if (!isThere(error)) throw error;
  } finally {
    await rm(whole, { force: true });
  }
}

function isThere(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
}
