/** One simulator a state file: what one has answered, the other would write over. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { z } from 'zod';
import { errorCode } from '../error-code.ts';
import { StateFileError } from './state-file-error.ts';

/** A holder that has not touched its lock for so long is dead, whatever its number says. */
const STALE_MS = 10_000;
/** The same where nothing runs under its number: enough for one who locks at this moment. */
const STALE_ONCE_GONE_MS = 2_000;
/** For a holder of whom nothing is known, such as one in another container. */
const WAIT_MS = STALE_MS + 2_000;
const TRY_EVERY_MS = 100;

const HolderSchema = z.object({
  pid: z.int().positive(),
  /** The number means something there only. */
  host: z.string(),
  /** In a container, each start may get the same number. */
  startedAt: z.number(),
});

type Holder = z.infer<typeof HolderSchema>;

const OURS: Holder = { pid: process.pid, host: hostname(), startedAt: performance.timeOrigin };

/**
 * Locks a state file, also after a holder that was killed. Answers how to give it back.
 *
 * @throws StateFileError when another simulator is at work on it
 */
export async function lockStateFile(path: string): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const holder = await readHolder(path);
    const standing = standingOf(holder);
    try {
      return await lock(path, standing === 'gone' ? STALE_ONCE_GONE_MS : STALE_MS);
    } catch (error) {
      if (errorCode(error) !== 'ELOCKED') throw error;
      if (standing === 'at-work' || Date.now() > until) throw inUse(path, holder);
      await pause(TRY_EVERY_MS);
    }
  }
}

async function lock(path: string, stale: number): Promise<() => Promise<void>> {
  let isOurs = true;
  const release = await lockfile.lock(path, {
    lockfilePath: `${path}.lock`,
    realpath: false,
    stale,
    // This process stood still, as on a machine that slept, and another took over.
    onCompromised: () => {
      isOurs = false;
    },
  });
  const unlock = async (): Promise<void> => {
    if (!isOurs) return;
    isOurs = false;
    await rm(holderPath(path), { force: true });
    await release();
  };
  try {
    await writeFile(holderPath(path), JSON.stringify(OURS));
    return unlock;
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Beside the lock, which is a folder that nothing may lie in. */
function holderPath(path: string): string {
  return `${path}.holder`;
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return HolderSchema.parse(JSON.parse(await readFile(holderPath(path), 'utf8')));
  } catch {
    return undefined;
  }
}

function standingOf(holder: Holder | undefined): 'at-work' | 'gone' | 'unknown' {
  if (holder === undefined || holder.host !== OURS.host) return 'unknown';
  if (holder.pid === OURS.pid) return holder.startedAt === OURS.startedAt ? 'at-work' : 'gone';
  try {
    process.kill(holder.pid, 0);
    return 'at-work';
  } catch (error) {
    return errorCode(error) === 'ESRCH' ? 'gone' : 'at-work';
  }
}

function inUse(path: string, holder: Holder | undefined): StateFileError {
  const where = holder === undefined || holder.host === OURS.host ? '' : ` on ${holder.host}`;
  return new StateFileError(
    `Another simulator (process ${holder?.pid ?? '?'}${where}) keeps its state in ${path}: ` +
      'stop it, or choose another place for the state.',
  );
}
