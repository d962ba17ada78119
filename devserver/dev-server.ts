import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { z } from 'zod';
import { devServerArguments, type DevServerOptions } from './dev-server-options.ts';
import { described, lock, LockedError, type Holder, type Lock } from './lock.ts';
import { assertPortFree, freePort } from './port.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';

const START_LIMIT_MS = 30_000;
const LOG_LINES_SHOWN = 10;
/** The server chooses some ports itself and releases them briefly: another process may bind one meanwhile. */
const TRIES = 3;
const LOST_A_PORT = /address already in use|failed assigning ephemeral port/;

/** A Temporal development server that this process started. */
export interface DevServer {
  /** For the SDK: `127.0.0.1:PORT`. */
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string | undefined;
  readonly pid: number;
  /** Resolves when the server has ended, with its signal or exit code, for example "SIGKILL". */
  readonly end: Promise<string>;
  /** Stops the server; resolves when it has ended, after about 8 s at most. May be called twice. */
  readonly stop: () => Promise<void>;
}

/** Another process uses the same database file for its server. */
export class DevServerInUseError extends Error {
  override readonly name = 'DevServerInUseError';

  constructor(dbFile: string, holder: Holder | undefined) {
    const { port = '?' } = z.object({ port: z.int() }).safeParse(holder).data ?? {};
    super(
      `The state in ${dbFile} is in use: ${described(holder)} started a Temporal server on it, at port ` +
        `${port}. Stop both, or choose another place for the state.`,
    );
  }
}

/** The server ended before it answered, or did not answer in 30 s. The message quotes its log. */
export class DevServerStartError extends Error {
  override readonly name = 'DevServerStartError';
  /** Another process took one of its ports. */
  readonly lostAPort: boolean;

  constructor(message: string, lostAPort: boolean) {
    super(message);
    this.lostAPort = lostAPort;
  }
}

/**
 * Starts Temporal's development server and resolves when its namespace exists. The server ends with this
 * process, also if this is killed; a server that is just ending on the same database file is waited for.
 *
 * The answer comes from this server and no other: its ports were free just before, and the server, which
 * ends at once if it cannot bind a port, still runs after the answer.
 *
 * @throws PortTakenError, DevServerInUseError or DevServerStartError.
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  for (let tries = 1; ; tries++) {
    try {
      return await startOnce(options);
    } catch (error) {
      const lostAPort = error instanceof DevServerStartError && error.lostAPort;
      if (!lostAPort || tries === TRIES) throw error;
    }
  }
}

async function startOnce(options: DevServerOptions): Promise<DevServer> {
  const { dbFile, logFile } = options;
  await mkdir(dirname(logFile), { recursive: true });
  if (dbFile === undefined) return startWith(options, undefined);
  // Before the ports are checked: the server of a killed process may be using them until it has ended.
  const held = await lockDatabase(dbFile);
  try {
    return await startWith(options, held);
  } catch (error) {
    held.release();
    throw error;
  }
}

/** @param held is released when the server has ended */
async function startWith(options: DevServerOptions, held: Lock | undefined): Promise<DevServer> {
  const { logFile, cliPath, portOptions } = options;
  const port = await portFor(options.port, 'Temporal', portOptions?.port ?? '--temporal-port');
  const uiPort: DevServerOptions['uiPort'] =
    options.uiPort === 'no-ui'
      ? 'no-ui'
      : await portFor(options.uiPort, "Temporal's UI", portOptions?.uiPort ?? '--ui-port');
  const namespace = options.namespace ?? 'default';
  const address = `127.0.0.1:${port}`;
  held?.write({ port });

  const settings = { ...options, port, uiPort, namespace };
  const logBegin = await sizeOf(logFile);
  const server = await startServerProcess({
    command: cliPath,
    args: devServerArguments(settings),
    logFile,
    inherited: held?.fd,
  });
  const end = server.end.finally(() => held?.release());
  const stop = async (): Promise<void> => {
    await server.stop();
    await end;
  };
  try {
    await waitForAnswer(server, { address, namespace, logFile, logBegin });
  } catch (error) {
    await stop();
    throw error;
  }
  const uiUrl = uiPort === 'no-ui' ? undefined : `http://127.0.0.1:${uiPort}`;
  return { address, namespace, uiUrl, pid: server.pid, end, stop };
}

/** Two servers on one database could both fail. The server inherits the lock, and has it until it has ended. */
async function lockDatabase(dbFile: string): Promise<Lock> {
  try {
    return await lock(`${dbFile}.lock`);
  } catch (error) {
    if (error instanceof LockedError) throw new DevServerInUseError(dbFile, error.holder);
    throw error;
  }
}

/**
 * Waits until no server uses the database file: one that a killed process left behind ends within some seconds.
 *
 * @throws DevServerInUseError
 */
export async function untilUnused(dbFile: string): Promise<void> {
  (await lockDatabase(dbFile)).release();
}

async function portFor(wanted: number, what: string, option: string): Promise<number> {
  if (wanted === 0) return freePort();
  await assertPortFree(wanted, what, option);
  return wanted;
}

interface WaitOptions {
  readonly address: string;
  readonly namespace: string;
  readonly logFile: string;
  /** The size of the log before this server began to write into it. */
  readonly logBegin: number;
}

async function waitForAnswer(
  server: ServerProcess,
  { address, namespace, logFile, logBegin }: WaitOptions,
): Promise<void> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => {
    giveUp.abort(`did not answer within ${START_LIMIT_MS / 1000} s`);
  }, START_LIMIT_MS);
  void server.end.then((how) => {
    giveUp.abort(`ended (${how}) before it answered`);
  });
  try {
    await waitUntilAnswering(address, namespace, giveUp.signal);
    giveUp.signal.throwIfAborted();
  } catch (why) {
    const log = await textFrom(logFile, logBegin);
    throw new DevServerStartError(
      `Temporal's development server ${String(why)}. From ${logFile}:\n${tellingLines(log)}`,
      LOST_A_PORT.test(log),
    );
  } finally {
    clearTimeout(timer);
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  return found?.size ?? 0;
}

async function textFrom(file: string, begin: number): Promise<string> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  return bytes.subarray(begin).toString();
}

/** The last lines; of a server that panicked the first ones, since a long stack trace follows the reason. */
function tellingLines(log: string): string {
  const lines = log.trimEnd().split('\n');
  const panic = lines.findIndex((line) => line.startsWith('panic:'));
  const shown =
    panic < 0 ? lines.slice(-LOG_LINES_SHOWN) : lines.slice(panic, panic + LOG_LINES_SHOWN);
  return shown.join('\n');
}

const TRY_EVERY_MS = 50;
const TRY_FOR_MS = 2_000;

/**
 * Waits until the server answers a request for its namespace.
 *
 * @throws the reason of `signal` when that is aborted
 */
async function waitUntilAnswering(
  address: string,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if (await answers(address, namespace)) return;
    await delay(TRY_EVERY_MS);
  }
}

async function answers(address: string, namespace: string): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + TRY_FOR_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
