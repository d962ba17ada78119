/** The lock of the state file: two simulators would overwrite each other's changes. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
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

test('a second simulator is refused, and the error names the process of the first', async () => {
  const child = await startElsewhere();
  const refusal = start();
  await expect(refusal).rejects.toThrow(StateFileError);
  await expect(refusal).rejects.toThrow(
    `Another simulator (process ${String(child.pid)}) keeps its state in ${stateFile}`,
  );
});

test('a second simulator in the same process is refused until the first has stopped', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(`process ${process.pid}`);
  await first.stop();
  const second = await start();
  // A second stop does not release the lock of the next simulator.
  await first.stop();
  await expect(start()).rejects.toThrow(`process ${process.pid}`);
  await second.stop();
  await expect(readdir(dirname(stateFile))).resolves.toEqual([]);
});

test('a killed simulator holds no lock', async () => {
  await kill(await startElsewhere());
  await expect(start()).resolves.toBeDefined();
});

test('a simulator whose port is taken releases the state file', async () => {
  const first = await startSimulator({ port: 0 });
  await expect(start({ port: Number(new URL(first.url).port) })).rejects.toThrow('taken');
  await first.stop();
  await expect(start()).resolves.toBeDefined();
});
