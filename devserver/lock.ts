/**
 * The one lock of this project: a file that one process at a time may hold.
 *
 * The operating system holds the lock (`fcntl` on Linux, `flock` on macOS), and releases it when the last process that
 * has the file open ends, in whatever way. So a lock never has to be judged by its age, a clock or a process number.
 */
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** How long to wait for processes that a killed one left behind. */
const WAIT_MS = 10_000;
const TRY_EVERY_MS = 50;

const holderSchema = z.looseObject({ pid: z.int().positive(), host: z.string() });

/** The process that took a lock, and what else it wrote into the file. */
export type Holder = Readonly<z.infer<typeof holderSchema>>;

export interface Lock {
  /** A child process that inherits this file holds the lock too. */
  readonly fd: number;
  /** Writes into the file, for other processes to read. */
  readonly write: (details: object) => void;
  /** Removes the file and releases the lock. A second call does nothing. */
  readonly release: () => void;
}

/** Another process holds the lock. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
  /** Undefined if the file does not say. */
  readonly holder: Holder | undefined;

  constructor(path: string, holder: Holder | undefined) {
    super(`${path} is locked by ${described(holder)}`);
    this.holder = holder;
  }
}

/** For a message: the process, and its host if that is another one, such as a container. */
export function described(holder: Holder | undefined): string {
  if (holder === undefined) return 'another process';
  return `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}`;
}

/**
 * Takes the lock of a file, which is made if it does not exist.
 *
 * @param details are written into the file
 * @throws LockedError at once if the process that took the lock still runs. If that was killed, its child processes
 *   may hold the lock still: after ten seconds
 */
export async function lock(path: string, details: object = {}): Promise<Lock> {
  mkdirSync(dirname(path), { recursive: true });
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const fd = await tryToLock(path);
    if (fd !== undefined) return held(path, fd, details);
    const holder = readHolder(path);
    if (isAlive(holder) || performance.now() > until) throw new LockedError(path, holder);
    await pause(TRY_EVERY_MS);
  }
}

/** What the holder wrote into the file; undefined if nobody holds the lock. */
export async function holderOf(path: string): Promise<Holder | undefined> {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    // Shared: two that only read must not take each other for the holder.
    const { tryLock } = await import('fs-native-extensions');
    return tryLock(fd, { shared: true }) ? undefined : readHolder(path);
  } finally {
    closeSync(fd);
  }
}

async function tryToLock(path: string): Promise<number | undefined> {
  // Loaded here: commands that find no lock file need no native library.
  const { tryLock } = await import('fs-native-extensions');
  const fd = openSync(path, 'a+', 0o600);
  try {
    // The holder may have removed the file since we opened it: a lock on a removed file excludes nobody.
    if (tryLock(fd) && fstatSync(fd).ino === statSync(path, { throwIfNoEntry: false })?.ino) {
      return fd;
    }
  } catch (error) {
    closeSync(fd);
    // Some network file systems have no locks. The file is named, as in errors of Node itself.
    throw error instanceof Object ? Object.assign(error, { path, syscall: 'lock' }) : error;
  }
  closeSync(fd);
  return undefined;
}

function held(path: string, fd: number, details: object): Lock {
  let isOurs = true;
  const write = (more: object): void => {
    ftruncateSync(fd);
    writeSync(fd, JSON.stringify({ pid: process.pid, host: hostname(), ...more }));
  };
  write(details);
  return {
    fd,
    write,
    release() {
      if (!isOurs) return;
      isOurs = false;
      rmSync(path, { force: true });
      closeSync(fd);
    },
  };
}

function readHolder(path: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Used only to refuse at once: a wrong answer costs a wait, or a second try. */
function isAlive(holder: Holder | undefined): boolean {
  if (holder?.host !== hostname()) return false;
  try {
    return process.kill(holder.pid, 0);
  } catch (error) {
    // It runs, and belongs to another user. Not by `instanceof`: a test runner's errors are of another realm.
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
