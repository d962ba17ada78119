import { access, constants, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { isExecutable } from './executable.ts';
import { found, notHere, type Attempt } from './find-in-order.ts';
import { locked } from './locked.ts';
import type { Report } from './report.ts';

/** A binary in the cache: a folder named for its version, and the file to run in it. */
export interface CachedBinary {
  readonly folder: string;
  readonly file: string;
}

function pathOf({ folder, file }: CachedBinary): string {
  return join(cacheFolder(), folder, file);
}

/** The binary, if an earlier run has left it in the cache. */
export async function inCache(binary: CachedBinary): Promise<Attempt> {
  const path = pathOf(binary);
  return (await isExecutable(path)) ? found(path) : notHere(`no ${path}`);
}

/**
 * Fills the binary's folder by `fill`, once at a time on this machine, and under its final name
 * only when whole. `fill` gets an empty folder and answers why it could not, or undefined.
 */
export async function installInCache(
  binary: CachedBinary,
  report: Report,
  fill: (folder: string) => Promise<string | undefined>,
): Promise<Attempt> {
  const final = join(cacheFolder(), binary.folder);
  try {
    await mkdir(cacheFolder(), { recursive: true });
    await access(cacheFolder(), constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return notHere(`cannot write to the cache (${why}); XDG_CACHE_HOME names another place`);
  }
  return locked(`${final}.lock`, report, async () => {
    const meanwhile = await inCache(binary);
    if (meanwhile.kind === 'found') return meanwhile;
    const unfinished = `${final}.unfinished`;
    // What a killed run may have left.
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished);
    try {
      const failure = await fill(unfinished);
      if (failure !== undefined) return notHere(failure);
      await rm(final, { recursive: true, force: true });
      await rename(unfinished, final);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
    return inCache(binary);
  });
}
