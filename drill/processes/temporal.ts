/** Temporal's development server with its state in a file. After a kill it restarts on the same port. */
import { join } from 'node:path';
import { findTemporalCli, startDevServer, type DevServer } from '../../devserver/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { pause } from '../pause.ts';
import { lastingPort } from './port.ts';

export interface KeptTemporal {
  readonly address: string;
  readonly namespace: string;
  /** `kill -9`; resolves when the restarted server answers. */
  readonly kill: () => Promise<void>;
  readonly kills: () => number;
  /** How often it ended without being killed. */
  readonly ends: () => number;
  readonly stop: () => Promise<void>;
}

export interface DrillTemporal {
  /** The folder of the database. */
  readonly folder: string;
  readonly logFolder: string;
  readonly progress: (line: string) => void;
}

const BETWEEN_TRIES_MS = 1_000;
const TRIES = 60;

export async function keepTemporal(place: DrillTemporal): Promise<KeptTemporal> {
  const { folder, logFolder, progress } = place;
  const cliPath = await findTemporalCli(progress);
  const port = await lastingPort();
  const start = (): Promise<DevServer> =>
    startDevServer({
      cliPath,
      port,
      uiPort: 'no-ui',
      dbFile: join(folder, 'temporal.db'),
      searchAttributes: Object.values(ATTRIBUTES),
      logFile: join(logFolder, 'temporal.log'),
    });
  const counts = { kills: 0, ends: 0 };
  const stopping = new AbortController();
  const victims = new Set<number>();
  let server = await start();
  let next = Promise.withResolvers<undefined>();

  const keeping = (async () => {
    for (;;) {
      await server.end;
      if (stopping.signal.aborted) return;
      if (victims.has(server.pid)) counts.kills++;
      else counts.ends++;
      const again = await startAgain(start, stopping.signal);
      if (again === undefined) return;
      server = again;
      next.resolve(undefined);
      next = Promise.withResolvers();
    }
  })();
  // `kill` and `stop` report this error.
  keeping.catch(() => undefined);

  return {
    address: server.address,
    namespace: server.namespace,
    async kill() {
      victims.add(server.pid);
      const isBack = next.promise;
      process.kill(server.pid, 'SIGKILL');
      await Promise.race([isBack, keeping]);
    },
    kills: () => counts.kills,
    ends: () => counts.ends,
    async stop() {
      stopping.abort();
      await server.stop();
      await keeping;
      await server.stop();
    },
  };
}

async function startAgain(
  start: () => Promise<DevServer>,
  stopping: AbortSignal,
): Promise<DevServer | undefined> {
  for (let tries = 1; !stopping.aborted; tries++) {
    try {
      return await start();
    } catch (error) {
      // The disk may be full for a while, or the port not free yet.
      if (tries === TRIES) throw error;
      await pause(BETWEEN_TRIES_MS);
    }
  }
  return undefined;
}
