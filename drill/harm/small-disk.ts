/** A disk of its own for Temporal's file, small enough to be filled. */
import { execFile, spawnSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CannotRunError } from '../drill.ts';
import { temporaryFolder } from '../folder.ts';
import { clearAtExit } from '../leavings.ts';

const SIZE_MIB = 96;
const BLOCK = Buffer.alloc(64 * 1024, 1);

export interface SmallDisk {
  readonly folder: string;
  /** Until not a byte is free. */
  fill(): Promise<void>;
  /** Takes away what filled it. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

/** @throws CannotRunError where nothing may be mounted */
export async function makeSmallDisk(): Promise<SmallDisk> {
  const { path: folder, remove } = await temporaryFolder('disk');
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${SIZE_MIB}m`, 'drill', folder];
    await promisify(execFile)('mount', options);
  } catch (error) {
    await remove();
    const why = error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : '';
    throw new CannotRunError(`it has to mount a small disk (tmpfs), which takes root: ${why}`);
  }
  const unmount = (): void => {
    spawnSync('umount', ['--lazy', folder]);
  };
  const forget = clearAtExit(unmount);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'a');
      try {
        for (;;) await file.write(BLOCK);
      } catch (error) {
        if (!isFull(error)) throw error;
      } finally {
        await file.close();
      }
    },
    empty: () => rm(ballast, { force: true }),
    async remove() {
      unmount();
      forget();
      await remove();
    },
  };
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}
