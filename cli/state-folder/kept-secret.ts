/** Keys and secrets of the one-machine mode, each made once and stored in a file of its own. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandError } from '../failure.ts';
import { systemErrorIn } from '../system-error.ts';
import { inStateFolder } from './path.ts';

/**
 * Undefined where the file does not exist.
 *
 * @throws CommandError where it exists and cannot be read: a new secret must not replace it
 */
export async function readSecret(file: string): Promise<string | undefined> {
  const path = inStateFolder(file);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = systemErrorIn(error)?.code;
    if (code === 'ENOENT') return undefined;
    const why =
      code === 'EISDIR'
        ? 'is a folder, and should be a file that holds a key or a secret: move it away, and restore the ' +
          'file from a copy.'
        : `cannot be read (${code ?? 'unknown'}): let this user read it, or restore it from a copy.`;
    throw new CommandError(`${path} ${why}`);
  }
}

/** The stored secret; made and stored the first time. */
export async function ensureSecret(file: string, make: () => string): Promise<string> {
  const stored = await readSecret(file);
  if (stored !== undefined) return stored;
  const path = inStateFolder(file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeOnce(path, make());
  // Another process may have been quicker.
  return readFile(path, 'utf8');
}

/** The file appears when it is complete: neither a kill nor a full disk leaves half a key. */
async function writeOnce(path: string, secret: string): Promise<void> {
  const complete = `${path}.${randomUUID()}`;
  try {
    await writeFile(complete, secret, { mode: 0o600, flush: true });
    await link(complete, path).catch((error: unknown) => {
      if (systemErrorIn(error)?.code === 'EEXIST') throw error;
      // Some file systems have no links.
      return writeFile(path, secret, { flag: 'wx', mode: 0o600, flush: true });
    });
  } catch (error) {
    if (systemErrorIn(error)?.code !== 'EEXIST') throw error;
  } finally {
    await rm(complete, { force: true });
  }
}
