import { access, constants, mkdir, rename, rm } from 'node:fs/promises';
import { join, isAbsolute } from 'node:path';
import { homedir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { isExecutable } from './executable.ts';
import { found, notHere, type SearchResult } from './find-in-order.ts';
import { lock, LockedError, type Lock } from './lock.ts';
import type { ReportLine } from './run-with-progress.ts';

/**
 * The folder for downloaded and built binaries: `$XDG_CACHE_HOME/sender-onboarding`, else
 * `~/.cache/sender-onboarding`. A relative XDG_CACHE_HOME is ignored, as its specification requires.
 */
export function cacheFolder(): string {
  const xdg = process.env['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'sender-onboarding');
}

/** A binary in the cache: a folder named after the version, and the executable in it. */
export interface CachedBinary {
  readonly folder: string;
  readonly file: string;
}

function pathOf({ folder, file }: CachedBinary): string {
  return join(cacheFolder(), folder, file);
}

/** The binary, if an earlier run installed it. */
export async function inCache(binary: CachedBinary): Promise<SearchResult> {
  const path = pathOf(binary);
  return (await isExecutable(path)) ? found(path) : notHere(`no ${path}`);
}

/**
 * Installs a binary, in one process at a time on this machine. The folder gets its final name only when
 * it is complete.
 *
 * @param fill installs into an empty folder; returns the reason for a failure, or undefined
 */
export async function installInCache(
  binary: CachedBinary,
  report: ReportLine,
  fill: (folder: string) => Promise<string | undefined>,
): Promise<SearchResult> {
  const final = join(cacheFolder(), binary.folder);
  try {
    await mkdir(cacheFolder(), { recursive: true });
    await access(cacheFolder(), constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return notHere(`cannot write to the cache (${why}); XDG_CACHE_HOME names another place`);
  }
  const held = await lockWhenFree(`${final}.lock`, report);
  try {
    const meanwhile = await inCache(binary);
    if (meanwhile.kind === 'found') return meanwhile;
    const unfinished = `${final}.unfinished`;
    // A killed run may have left this folder behind.
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
    return await inCache(binary);
  } finally {
    held.release();
  }
}

const RETRY_MS = 1_000;
/** Longer than the slowest build known to us. */
const LONGEST_MS = 20 * 60_000;

async function lockWhenFree(path: string, report: ReportLine): Promise<Lock> {
  const until = performance.now() + LONGEST_MS;
  for (let tries = 1; ; tries++) {
    try {
      return await lock(path);
    } catch (error) {
      if (!(error instanceof LockedError) || performance.now() > until) throw error;
      if (tries === 1)
        report(`Another process is doing the same; waiting for it (${error.message})`);
      await pause(RETRY_MS);
    }
  }
}
