import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import lockfile from 'proper-lockfile';
import type { Report } from './report.ts';

/** A holder that has not touched its lock for so long is dead. */
const STALE_MS = 10_000;
const RETRY_MS = 1_000;
/** Longer than the slowest build we know. */
const RETRIES = 20 * 60;

/**
 * Does `work` while no other process does it under the same lock: a folder, made and removed here.
 *
 * @throws whatever `work` throws, or when another process holds the lock for 20 minutes.
 */
export async function locked<T>(lock: string, report: Report, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(lock), { recursive: true });
  const options = { lockfilePath: lock, realpath: false, stale: STALE_MS };
  if (await lockfile.check(lock, options)) {
    report(`Another process is getting the same; waiting for it (${lock})`);
  }
  const release = await lockfile.lock(lock, {
    ...options,
    retries: { retries: RETRIES, factor: 1, minTimeout: RETRY_MS, maxTimeout: RETRY_MS },
    onCompromised: ignoreLoss,
  });
  try {
    return await work();
  } finally {
    await release().catch(ignoreLoss);
  }
}

/** A lock lost to a sleeping machine costs a build done twice; renaming keeps the result whole. */
function ignoreLoss(): void {
  return;
}
