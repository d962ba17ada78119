import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { access } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import {
  DevServerStartError,
  findTemporalCli,
  freePort,
  PortTakenError,
  startDevServer,
  type DevServer,
  type DevServerOptions,
} from '../../devserver/index.ts';
import { fakeExecutable } from './fake-executable.ts';
import { temporaryFolder } from './temporary-folder.ts';

const status = defineSearchAttributeKey('OnboardingStatus', 'KEYWORD');

let cliPath: string;
let folder: string;
const running: DevServer[] = [];
let other: Server | undefined;

beforeAll(async () => {
  cliPath = await findTemporalCli(() => undefined);
});

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  other?.close();
  other = undefined;
});

async function start(options: Partial<DevServerOptions> = {}): Promise<DevServer> {
  const server = await startDevServer({
    cliPath,
    port: 0,
    uiPort: 'no-ui',
    searchAttributes: [status],
    logFile: join(folder, 'server.log'),
    ...options,
  });
  running.push(server);
  return server;
}

async function onServer<T>(
  { address }: DevServer,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

test('state in a file survives a restart, search attributes with it', async () => {
  const dbFile = join(folder, 'state', 'temporal.db');
  const first = await start({ dbFile });
  await onServer(first, (client) =>
    client.workflow.start('anything', {
      workflowId: 'kept',
      taskQueue: 'nobody',
      typedSearchAttributes: new TypedSearchAttributes([{ key: status, value: 'ready' }]),
    }),
  );
  await first.stop();

  const second = await start({ dbFile });
  const kept = await onServer(second, (client) => client.workflow.getHandle('kept').describe());
  expect(kept.typedSearchAttributes.get(status)).toBe('ready');
});

test('the UI answers at its own port', async () => {
  const { uiUrl } = await start({ uiPort: 0 });
  const answer = await fetch(uiUrl ?? '');
  expect(answer.status).toBe(200);
});

test('stop ends the process and reports its signal or exit code', async () => {
  const server = await start();
  await server.stop();
  await expect(server.end).resolves.toBe('exit code 0');
  expect(() => process.kill(server.pid, 0)).toThrow('ESRCH');
});

test('a server that another process kills is reported', async () => {
  const server = await start();
  process.kill(server.pid, 'SIGKILL');
  await expect(server.end).resolves.toBe('SIGKILL');
});

test('a taken port is refused before anything is started', async () => {
  const port = await freePort();
  const server = createServer();
  other = server;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const marker = join(folder, 'started');
  const executable = await fakeExecutable(join(folder, 'temporal'), `/bin/touch '${marker}'`);
  await expect(start({ cliPath: executable, port })).rejects.toThrow(PortTakenError);
  await expect(access(marker)).rejects.toThrow('ENOENT');
});

test('a server that ends before it answers is an error that quotes its log', async () => {
  const executable = await fakeExecutable(join(folder, 'temporal'), 'echo no such flag; exit 3');
  const failure = start({ cliPath: executable });
  await expect(failure).rejects.toThrow(DevServerStartError);
  await expect(failure).rejects.toThrow(/ended \(exit code 3\).*no such flag/s);
});

test.each([
  'bind: address already in use',
  `panic: failed assigning ephemeral port: connection refused\n${'a frame of a stack trace\n'.repeat(30)}`,
])('a server that loses a port to another process is started again: %j', async (log) => {
  const lost = join(folder, 'lost');
  const executable = await fakeExecutable(
    join(folder, 'temporal'),
    `if test -e '${lost}'; then exec '${cliPath}' "$@"; fi; ` +
      `/bin/touch '${lost}'; printf '%s' '${log}'; exit 2`,
  );
  const { address } = await start({ cliPath: executable });
  expect(address).toMatch(/^127/);
});

test('of a server that panicked, the reason is quoted, and not the end of its stack trace', async () => {
  const log = `panic: no disk\n${'a frame of a stack trace\n'.repeat(30)}`;
  const executable = await fakeExecutable(join(folder, 'temporal'), `printf '%s' '${log}'; exit 2`);
  await expect(start({ cliPath: executable })).rejects.toThrow(/\(exit code 2\).*panic: no disk/s);
});

test('an executable that cannot be started is an error that names it', async () => {
  await expect(start({ cliPath: join(folder, 'nothing') })).rejects.toThrow(
    `${join(folder, 'nothing')} could not be started`,
  );
});
