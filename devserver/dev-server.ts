import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { waitUntilAnswering } from './answering.ts';
import { devServerArguments } from './dev-server-arguments.ts';
import type { DevServerOptions } from './dev-server-options.ts';
import { claimState, NO_CLAIM } from './state-claim.ts';
import { lastLines } from './last-lines.ts';
import { clearLeftover } from './leftover.ts';
import { assertPortFree, freePort } from './port.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';

const START_LIMIT_MS = 30_000;
const LOG_LINES_SHOWN = 10;
/** The server chooses some of its ports itself, and lets go of them for a moment: another may be quicker. */
const TRIES = 3;
const LOST_A_PORT = 'address already in use';

/** A Temporal development server that this process started. */
export interface DevServer {
  /** For the SDK: `127.0.0.1:PORT`. */
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string | undefined;
  readonly pid: number;
  /** Resolves with how the server ended, for example "SIGKILL", once it has, whoever ended it. */
  readonly end: Promise<string>;
  /** Ends it and resolves when it has ended, at most about 8 s later. May be called twice. */
  readonly stop: () => Promise<void>;
}

/** The server ended before it answered, or did not answer in 30 s. The message has its last words. */
export class DevServerStartError extends Error {
  override readonly name = 'DevServerStartError';
}

/**
 * Starts Temporal's development server and resolves when it answers for its namespace. A server that
 * an earlier run left behind on the same database file is stopped first.
 *
 * That the answer comes from this server and no other: its ports were free just before, and the
 * server, which ends at once when it cannot have a port, is still there after the answer.
 *
 * @throws PortTakenError, DevServerInUseError or DevServerStartError.
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  for (let tries = 1; ; tries++) {
    try {
      return await startOnce(options);
    } catch (error) {
      const lostAPort = error instanceof DevServerStartError && error.message.includes(LOST_A_PORT);
      if (!lostAPort || tries === TRIES) throw error;
    }
  }
}

async function startOnce(options: DevServerOptions): Promise<DevServer> {
  const report = options.report ?? ((): void => undefined);
  const { dbFile, logFile, cliPath, portOptions } = options;
  for (const file of [dbFile, logFile]) {
    if (file !== undefined) await mkdir(dirname(file), { recursive: true });
  }
  if (dbFile !== undefined) await clearLeftover(dbFile, report);

  const port = await portFor(options.port, 'Temporal', portOptions?.port ?? '--temporal-port');
  const uiPort: DevServerOptions['uiPort'] =
    options.uiPort === 'no-ui'
      ? 'no-ui'
      : await portFor(options.uiPort, "Temporal's UI", portOptions?.uiPort ?? '--ui-port');
  const namespace = options.namespace ?? 'default';
  const address = `127.0.0.1:${port}`;

  const settings = { ...options, port, uiPort, namespace };
  const claim = dbFile === undefined ? NO_CLAIM : await claimState(dbFile, port);
  const server = await startServerProcess(cliPath, devServerArguments(settings), logFile).catch(
    async (error: unknown) => {
      await claim.release();
      throw error;
    },
  );
  const stop = async (): Promise<void> => {
    await server.stop();
    await claim.release();
  };
  try {
    await claim.servedBy(server.pid);
    await waitForAnswer(server, { address, namespace, logFile });
  } catch (error) {
    await stop();
    throw error;
  }
  const uiUrl = uiPort === 'no-ui' ? undefined : `http://127.0.0.1:${uiPort}`;
  return { address, namespace, uiUrl, pid: server.pid, end: server.end, stop };
}

async function portFor(wanted: number, what: string, option: string): Promise<number> {
  if (wanted === 0) return freePort();
  await assertPortFree(wanted, what, option);
  return wanted;
}

async function waitForAnswer(
  server: ServerProcess,
  { address, namespace, logFile }: { address: string; namespace: string; logFile: string },
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
    const log = await lastLines(logFile, LOG_LINES_SHOWN);
    throw new DevServerStartError(
      `Temporal's development server ${String(why)}. The end of ${logFile}:\n${log}`,
    );
  } finally {
    clearTimeout(timer);
  }
}
