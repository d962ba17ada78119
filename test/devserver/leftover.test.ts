import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DevServerInUseError,
  findTemporalCli,
  freePort,
  startDevServer,
  type DevServer,
} from '../../devserver/index.ts';
import { identify } from '../../devserver/process-identity.ts';
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

/** Another process that runs a server on the database file; answers the server's pid. */
async function startElsewhere(): Promise<number> {
  const child = spawn(process.execPath, [SCRIPT, cliPath, dbFile, String(port)], {
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

/** Not so for a process that has ended and whose parent has not yet looked. */
async function isAlive(pid: number): Promise<boolean> {
  return (await identify(pid)) !== undefined;
}

test('a server whose owner was killed by force is stopped, and its port used again', async () => {
  const leftover = await startElsewhere();
  await killOwner();
  await expect(isAlive(leftover)).resolves.toBe(true);

  const next = await start();
  await expect(isAlive(leftover)).resolves.toBe(false);
  expect(next.pid).not.toBe(leftover);
});

test('a server whose owner still runs is left alone, and the start refused', async () => {
  const inUse = await startElsewhere();
  const refusal = start();
  await expect(refusal).rejects.toThrow(DevServerInUseError);
  await expect(refusal).rejects.toThrow(`process ${String(owner?.pid)} runs a Temporal server`);
  await expect(isAlive(inUse)).resolves.toBe(true);
});

test('a record of a process number that the system gave to another harms nobody', async () => {
  const someoneElse = { pid: process.pid, started: 'long ago' };
  const record = { server: someoneElse, owner: someoneElse, port };
  await writeFile(`${dbFile}.server.json`, JSON.stringify(record));
  await expect(start()).resolves.toMatchObject({ address: `127.0.0.1:${port}` });
});

test('of several that start on one database file at the same time, one stays', async () => {
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
  // Nor is the record of the one that stays taken away by those who had to go.
  await expect(start()).rejects.toThrow(DevServerInUseError);
  expect(await readdir(dirname(dbFile))).toContain('temporal.db.server.json');
});

test('the claim of one that was killed while it started a server is nobody’s', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
  const starting = await identify(child.pid ?? 0);
  await writeFile(`${dbFile}.server.json`, JSON.stringify({ owner: starting, port }));
  await expect(start()).rejects.toThrow(DevServerInUseError);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  await expect(start()).resolves.toMatchObject({ address: `127.0.0.1:${port}` });
});

test('stopping a server that was killed does not give away the state of the next one', async () => {
  const killed = await start();
  process.kill(killed.pid, 'SIGKILL');
  await killed.end;
  const next = await start();
  await killed.stop();
  await expect(start()).rejects.toThrow(DevServerInUseError);
  await next.stop();
  await expect(start()).resolves.toMatchObject({ address: `127.0.0.1:${port}` });
});

test('a record that cannot be read is as good as none', async () => {
  await writeFile(`${dbFile}.server.json`, '{"server":');
  await expect(start()).resolves.toMatchObject({ address: `127.0.0.1:${port}` });
});
