import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DevServerInUseError,
  findTemporalCli,
  freePort,
  startDevServer,
  type DevServer,
} from '../../devserver/index.ts';
import { isAlive } from '../support/processes.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SCRIPT = fileURLToPath(new URL('./start-and-hang.ts', import.meta.url));

let cliPath: string;
let dbFile: string;
let port: number;
let owner: ChildProcess | undefined;
let leftoverPid: number | undefined;
let server: DevServer | undefined;

beforeAll(async () => {
  cliPath = await findTemporalCli(() => undefined);
});

beforeEach(async () => {
  dbFile = join(await temporaryFolder(), 'temporal.db');
  port = await freePort();
});

afterEach(async () => {
  await server?.stop();
  owner?.kill('SIGKILL');
  if (leftoverPid !== undefined && (await isAlive(leftoverPid)))
    process.kill(leftoverPid, 'SIGKILL');
  [owner, leftoverPid, server] = [undefined, undefined, undefined];
});

/** Starts a server in another process; returns the server's pid. */
async function startElsewhere(state: 'kept' | 'in memory' = 'kept'): Promise<number> {
  const kept = state === 'kept' ? [dbFile] : [];
  const child = spawn(process.execPath, [SCRIPT, cliPath, `${dbFile}.log`, String(port), ...kept], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owner = child;
  const chunks: readonly unknown[] = await once(child.stdout, 'data');
  leftoverPid = Number(String(chunks[0]));
  return leftoverPid;
}

async function killOwner(): Promise<void> {
  if (owner === undefined) return;
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
}

async function start(): Promise<DevServer> {
  server = await startDevServer({
    cliPath,
    dbFile,
    port,
    uiPort: 'no-ui',
    searchAttributes: [],
    logFile: `${dbFile}.log`,
  });
  return server;
}

test('a server ends when its owner is killed by force, and its port is used again', async () => {
  const leftover = await startElsewhere();
  await killOwner();
  const next = await start();
  await expect(isAlive(leftover)).resolves.toBe(false);
  expect(next.pid).not.toBe(leftover);
});

test('a server with its state in memory ends with its owner, too', async () => {
  const leftover = await startElsewhere('in memory');
  await killOwner();
  const alive = await eventually(
    'ended',
    () => isAlive(leftover),
    (one) => !one,
  );
  expect(alive).toBe(false);
});

test('a server whose owner still runs is not stopped, and the start is refused', async () => {
  const inUse = await startElsewhere();
  const refusal = start();
  await expect(refusal).rejects.toThrow(DevServerInUseError);
  await expect(refusal).rejects.toThrow(
    `process ${String(owner?.pid)} started a Temporal server on it, at port ${port}`,
  );
  await expect(isAlive(inUse)).resolves.toBe(true);
});

test('if several servers start on one database file at the same time, one stays', async () => {
  const starts = await Promise.allSettled(
    [0, 0, 0].map((anyPort) =>
      startDevServer({
        cliPath,
        dbFile,
        port: anyPort,
        uiPort: 'no-ui',
        searchAttributes: [],
        logFile: `${dbFile}.log`,
      }),
    ),
  );
  const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const refused = starts.flatMap((start): unknown[] =>
    start.status === 'rejected' ? [start.reason] : [],
  );
  [server] = started;
  expect(started).toHaveLength(1);
  expect(refused.map((reason) => reason instanceof DevServerInUseError)).toEqual([true, true]);
  // The others did not remove the lock of the one that stays.
  await expect(start()).rejects.toThrow(DevServerInUseError);
});

test('stopping a server that was killed does not release the lock of the next one', async () => {
  const killed = await start();
  process.kill(killed.pid, 'SIGKILL');
  await killed.end;
  const next = await start();
  await killed.stop();
  await expect(start()).rejects.toThrow(DevServerInUseError);
  await next.stop();
  await expect(start()).resolves.toMatchObject({ address: `127.0.0.1:${port}` });
});
