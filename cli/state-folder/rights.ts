/** Makes the state folder accessible to its owner only. */
import { chmod, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../failure.ts';
import { systemErrorIn } from '../system-error.ts';
import { inStateFolder, stateFolderError } from './path.ts';

const FOR_OWNER = 0o700;
const OTHERS = 0o077;
/** Removed from our own files only: the owner's rights to other files stay. */
const EXECUTE = 0o111;
const OURS =
  /^(api-key|ar24-webhook-secret|codec-url|encryption-keys|hash-key|link-key|logs|running\.json|simulator\.json.*|temporal\.db.*)$/;

/**
 * Makes the folder if it does not exist, and removes the rights of all others to it and its files.
 *
 * @throws CommandError where that fails, or the folder belongs to something else
 */
export async function secureStateFolder(): Promise<void> {
  const folder = inStateFolder();
  try {
    await mkdir(folder, { recursive: true, mode: FOR_OWNER });
    const names = await readdir(folder);
    const foreign = names.find((name) => !OURS.test(name));
    if (foreign !== undefined && !names.some((name) => OURS.test(name))) {
      throw new CommandError(
        `${folder} holds other files (such as ${foreign}), and none of an earlier start: set ` +
          'ONBOARDING_STATE_DIR to a folder of its own, since other users lose their rights to its files.',
      );
    }
    await withdraw(folder);
    for (const name of names) await withdraw(join(folder, name), OURS.test(name));
    const logs = join(folder, 'logs');
    const logNames = names.includes('logs') ? await readdir(logs) : [];
    for (const name of logNames) await withdraw(join(logs, name), true);
  } catch (error) {
    throw stateFolderError(error);
  }
}

/** Removes the rights of all others. The target of a link is not in this folder. */
async function withdraw(path: string, isOurs = false): Promise<void> {
  // The folder itself may be a link.
  const isFolder = path === inStateFolder();
  const found = await (isFolder ? stat(path) : lstat(path)).catch(ifThere);
  if (found === undefined || found.isSymbolicLink()) return;
  const superfluous = isOurs && found.isFile() ? OTHERS | EXECUTE : OTHERS;
  const mode = found.mode & 0o777;
  if ((mode & superfluous) === 0) return;
  await chmod(path, mode & ~superfluous);
  const after = await stat(path);
  // Some file systems ignore chmod silently.
  if ((after.mode & OTHERS) !== 0) throw withoutRights(path);
}

/** The owner may have removed the file meanwhile. */
function ifThere(error: unknown): undefined {
  if (systemErrorIn(error)?.code === 'ENOENT') return undefined;
  throw error;
}

function withoutRights(path: string): CommandError {
  return new CommandError(
    `others may read ${path}, and its file system does not let that be changed: set ` +
      'ONBOARDING_STATE_DIR to a folder on one that keeps rights.',
  );
}
