/** A small disk for Temporal's database, which can be filled up. */
import { execFile, spawnSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CannotRunError } from '../drill.ts';
import { temporaryFolder } from '../folder.ts';
import { clearAtExit } from '../clear-at-exit.ts';

const SIZE_MIB = 96;
const BLOCK = Buffer.alloc(64 * 1024, 1);

export interface SmallDisk {
  readonly folder: string;
  /** Fills the disk completely. */
  fill(): Promise<void>;
  /** Removes the filling. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

/** @throws CannotRunError when mounting is not permitted */
export async function makeSmallDisk(): Promise<SmallDisk> {
  const { path: folder, remove } = await temporaryFolder('drill-disk');
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${SIZE_MIB}m`, 'drill', folder];
    await promisify(execFile)('mount', options);
  } catch (error) {
    await remove();
    const why = error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : '';
    throw new CannotRunError(`it has to mount a small disk (tmpfs), which needs root: ${why}`);
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
