/** One lock for one file, which the system releases however its holder ends. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { holderOf, lock, LockedError } from '../../devserver/lock.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SCRIPT = fileURLToPath(new URL('./hold-lock.ts', import.meta.url));

let path: string;
let other: ChildProcess | undefined;
let grandchild: number | undefined;

beforeEach(async () => {
  path = join(await temporaryFolder(), 'a.lock');
});

afterEach(() => {
  other?.kill('SIGKILL');
  if (grandchild !== undefined) process.kill(grandchild, 'SIGKILL');
  [other, grandchild] = [undefined, undefined];
});

async function holdElsewhere(how: 'alone' | 'by-child' = 'alone'): Promise<ChildProcess> {
  const child = spawn(process.execPath, [SCRIPT, path, how], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  other = child;
  const printed: readonly unknown[] = await once(child.stdout, 'data');
  if (how === 'by-child') grandchild = Number(String(printed[0]));
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

test('of many at once, exactly one gets it, and the others learn the process', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => lock(path)));
  const [got, ...more] = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(more).toEqual([]);
  const refused = tries.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  expect(refused).toEqual(Array(4).fill(expect.stringContaining(`process ${process.pid}`)));
  got?.release();
  await expect(readdir(dirname(path))).resolves.toEqual([]);
});

test('another process is refused at once while the holder runs', async () => {
  const child = await holdElsewhere();
  const refusal = lock(path);
  await expect(refusal).rejects.toThrow(LockedError);
  await expect(refusal).rejects.toThrow(`process ${String(child.pid)}`);
  await expect(holderOf(path)).resolves.toMatchObject({ pid: child.pid, host: hostname() });
});

test('a killed process holds no lock, whatever its file says and however new it is', async () => {
  await kill(await holdElsewhere());
  for (const holder of [
    { pid: process.pid, host: hostname() },
    { pid: process.ppid, host: hostname() },
    { pid: 1, host: 'elsewhere' },
  ]) {
    await writeFile(path, JSON.stringify(holder));
    // The clock was set back.
    await utimes(path, Date.now() / 1000 + 3600, Date.now() / 1000 + 3600);
    await expect(holderOf(path)).resolves.toBeUndefined();
    (await lock(path)).release();
  }
});

test('a child process of a killed one holds it until it has ended', async () => {
  await kill(await holdElsewhere('by-child'));
  await expect(holderOf(path)).resolves.toBeDefined();
  const next = lock(path);
  process.kill(grandchild ?? 0, 'SIGKILL');
  grandchild = undefined;
  (await next).release();
});

test('the refusal names the host, if that is another machine or a container', () => {
  expect(new LockedError(path, { pid: 7, host: 'elsewhere' }).message).toBe(
    `${path} is locked by process 7 on elsewhere`,
  );
  expect(new LockedError(path, undefined).message).toBe(`${path} is locked by another process`);
});

test('a second release does not release the lock of the next', async () => {
  const first = await lock(path);
  first.release();
  const second = await lock(path);
  first.release();
  await expect(lock(path)).rejects.toThrow(LockedError);
  second.release();
});

test('what the holder writes replaces what it has written', async () => {
  const held = await lock(path, { a: 'long long long' });
  held.write({ b: 1 });
  await expect(holderOf(path)).resolves.toEqual({ pid: process.pid, host: hostname(), b: 1 });
  held.release();
  await expect(holderOf(path)).resolves.toBeUndefined();
});
