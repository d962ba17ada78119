import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearAtExit } from './leavings.ts';

export interface Folder {
  readonly path: string;
  readonly remove: () => Promise<void>;
  /** Lets it outlive this process. */
  readonly keep: () => void;
}

/** One that is gone with this process, among the system's temporary files. */
export async function temporaryFolder(what: string): Promise<Folder> {
  return forNow(await mkdtemp(join(tmpdir(), `sender-onboarding-drill-${what}-`)));
}

/** The same at a place of one's own. */
export async function folderAt(path: string): Promise<Folder> {
  await mkdir(path, { recursive: true });
  return forNow(path);
}

function forNow(path: string): Folder {
  const keep = clearAtExit(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return {
    path,
    keep,
    async remove() {
      await rm(path, { recursive: true, force: true });
      keep();
    },
  };
}
