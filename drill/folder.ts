import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearAtExit } from './clear-at-exit.ts';

export interface Folder {
  readonly path: string;
  readonly remove: () => Promise<void>;
  /** Keeps the folder after this process has ended. */
  readonly keep: () => void;
}

/** Creates a temporary folder that is removed when this process ends. */
export async function temporaryFolder(what: string): Promise<Folder> {
  return removedAtExit(await mkdtemp(join(tmpdir(), `sender-onboarding-${what}-`)));
}

/** Creates such a folder at a given path. */
export async function folderAt(path: string): Promise<Folder> {
  await mkdir(path, { recursive: true });
  return removedAtExit(path);
}

function removedAtExit(path: string): Folder {
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
