/** Two simulators on one state file would each write over what the other has answered. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulator, StateFileError, type Simulator } from '../../simulator/index.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

const SCRIPT = fileURLToPath(new URL('./killed-process.ts', import.meta.url));

let stateFile: string;
let other: ChildProcess | undefined;
let simulator: Simulator | undefined;

beforeEach(async () => {
  stateFile = join(await temporaryFolder(), 'state.json');
});

afterEach(async () => {
  await simulator?.stop();
  other?.kill('SIGKILL');
  [other, simulator] = [undefined, undefined];
});

async function start(options: { readonly port?: number } = {}): Promise<Simulator> {
  simulator = await startSimulator({ port: 0, stateFile, ...options });
  return simulator;
}

async function startElsewhere(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [SCRIPT, stateFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  other = child;
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** What a simulator leaves that was killed so many seconds ago. */
async function leftBy(
  holder: { readonly pid: number; readonly host: string },
  secondsAgo: number,
): Promise<void> {
  await kill(await startElsewhere());
  await writeFile(`${stateFile}.holder`, JSON.stringify({ ...holder, startedAt: 1 }));
  const at = Date.now() / 1000 - secondsAgo;
  await utimes(`${stateFile}.lock`, at, at);
}

test('a second simulator is refused, and told which process is at work', async () => {
  const child = await startElsewhere();
  const refusal = start();
  await expect(refusal).rejects.toThrow(StateFileError);
  await expect(refusal).rejects.toThrow(
    `Another simulator (process ${String(child.pid)}) keeps its state in ${stateFile}`,
  );
});

test('nor is there a second one in the same process, until the first has stopped', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(`process ${process.pid}`);
  await first.stop();
  const second = await start();
  // Stopping twice does not give away what is the next one's by now.
  await first.stop();
  await expect(start()).rejects.toThrow(`process ${process.pid}`);
  await second.stop();
  await expect(readdir(dirname(stateFile))).resolves.toEqual([]);
});

test('one that was killed by force holds nothing', async () => {
  await kill(await startElsewhere());
  await expect(start()).resolves.toBeDefined();
});

test('nor does one whose number the system gave to this very process', async () => {
  await leftBy({ pid: process.pid, host: hostname() }, 3);
  await expect(start()).resolves.toBeDefined();
});

test('nor does one whose number another process has by now, once the lock is old', async () => {
  await leftBy({ pid: process.ppid, host: hostname() }, 11);
  await expect(start()).resolves.toBeDefined();
});

test('one of another machine or container may be at work until its lock is old', async () => {
  await leftBy({ pid: 1, host: 'elsewhere' }, 9);
  const since = Date.now();
  await expect(start()).resolves.toBeDefined();
  expect(Date.now() - since).toBeGreaterThan(500);
});

test('one that cannot have its port gives the state file back', async () => {
  const first = await startSimulator({ port: 0 });
  await expect(start({ port: Number(new URL(first.url).port) })).rejects.toThrow('taken');
  await first.stop();
  await expect(start()).resolves.toBeDefined();
});
