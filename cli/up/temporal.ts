import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import {
  assertPortFree,
  findTemporalCli,
  startDevServer,
  untilUnused,
  type DevServer,
  type DevServerOptions,
} from '../../devserver/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { inStateFolder } from '../state-folder/path.ts';
import type { TemporalServer } from '../worker/place.ts';
import type { Closing } from './closing.ts';
import type { LocalCodec } from './codec.ts';
import type { UpPlan } from './options.ts';
import { databaseError, TEMPORAL_DB } from './state-files.ts';
import { onboardingsInUi } from './temporal-ui.ts';

type Note = (line: string) => void;

/** The Temporal of the worker. */
export interface Temporal {
  readonly server: TemporalServer;
  /** Undefined where we do not start it. */
  readonly uiUrl: string | undefined;
  /** Rejects when we started it and it ends again and again. */
  readonly lost: Promise<never>;
}

const PORT_OPTIONS = { port: '--temporal-port', uiPort: '--ui-port' };

/**
 * Waits for a server that a killed process left behind, which ends by itself, and checks the ports.
 *
 * @throws PortTakenError, DevServerInUseError
 */
export async function checkPortsOfTemporal(wanted: UpPlan['temporal']): Promise<void> {
  if (wanted.kind === 'other') return;
  const { port, uiPort } = wanted;
  await untilUnused(inStateFolder(TEMPORAL_DB));
  if (port !== 0) await assertPortFree(port, 'Temporal', PORT_OPTIONS.port);
  if (uiPort !== 0) await assertPortFree(uiPort, "Temporal's UI", PORT_OPTIONS.uiPort);
}

/** @throws BinaryNotFoundError, PortTakenError, DevServerStartError, which say what to do */
export async function startTemporal(
  wanted: UpPlan['temporal'],
  codec: LocalCodec,
  closing: Closing,
  note: Note,
): Promise<Temporal> {
  if (wanted.kind === 'other') {
    const { server } = wanted;
    note(`Temporal   at ${server.connection.address}, as TEMPORAL_ADDRESS or its profile says`);
    return { server, uiUrl: undefined, lost: new Promise(() => undefined) };
  }
  const kept = await keepTemporal(
    {
      cliPath: await findTemporalCli(note),
      port: wanted.port,
      uiPort: wanted.uiPort,
      uiCodecEndpoint: codec.endpoint,
      dbFile: inStateFolder(TEMPORAL_DB),
      searchAttributes: Object.values(ATTRIBUTES),
      logFile: inStateFolder('logs', 'temporal.log'),
      portOptions: PORT_OPTIONS,
      report: note,
    },
    note,
  ).catch((error: unknown) => {
    throw databaseError(error);
  });
  closing.add(kept.stop);
  const { address, namespace, uiUrl, lost } = kept;
  codec.allowUi(uiUrl);
  await keepEndedOnboardings({ address, namespace, days: wanted.retentionDays }, note);
  note(`Temporal   at ${address}, its UI at ${uiUrl}`);
  note(`           all onboardings in its UI: ${onboardingsInUi(uiUrl, namespace)}`);
  return { server: { connection: { address }, namespace }, uiUrl, lost };
}

const WITHIN_MS = 5_000;
const DAY_S = 86_400;

interface Retention {
  readonly address: string;
  readonly namespace: string;
  readonly days: number;
}

/**
 * Sets how long our Temporal keeps ended onboardings: the development server's default is a day. A failure is
 * reported, and does no harm.
 */
async function keepEndedOnboardings(
  { address, namespace, days }: Retention,
  note: (line: string) => void,
): Promise<void> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: WITHIN_MS });
    try {
      await connection.withDeadline(Date.now() + WITHIN_MS, () =>
        connection.workflowService.updateNamespace({
          namespace,
          config: {
            workflowExecutionRetentionTtl: proto.google.protobuf.Duration.fromObject({
              seconds: days * DAY_S,
            }),
          },
        }),
      );
    } finally {
      await connection.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    note(
      `Temporal keeps ended onboardings for as long as before: ${days} days could not be set (${why})`,
    );
  }
}

/** More ends than this within the time mean that a restart does not help. */
const MOST_ENDS = 3;
const ENDS_WITHIN_MS = 60_000;

interface KeptTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string;
  /** Rejects with a CommandError when it ends again and again. */
  readonly lost: Promise<never>;
  readonly stop: () => Promise<void>;
}

type ServerOptions = DevServerOptions & { readonly uiPort: number };

async function keepTemporal(
  options: ServerOptions,
  note: (line: string) => void,
): Promise<KeptTemporal> {
  let server = await startDevServer(options);
  const { address, namespace, uiUrl = '' } = server;
  let stopping = false;
  const isStopping = (): boolean => stopping;

  async function keepUp(): Promise<void> {
    const ends: number[] = [];
    let how = await server.end;
    while (!isStopping()) {
      ends.push(performance.now());
      const often = ends.filter((at) => at > performance.now() - ENDS_WITHIN_MS).length > MOST_ENDS;
      if (often) throw endsTooOften(how, options);
      const [briefly = ''] = how.split('\n');
      note(`Temporal has ended (${briefly}): restarting it on its database`);
      try {
        server = await startAgain(options, { address, uiUrl });
        if (isStopping()) return;
        note('Temporal is back');
        how = await server.end;
      } catch (error) {
        how = error instanceof Error ? error.message : 'unknown';
      }
    }
  }

  const keeping = keepUp();
  const lost = keeping.then(() => new Promise<never>(() => undefined));
  lost.catch(() => undefined);
  return {
    address,
    namespace,
    uiUrl,
    lost,
    async stop() {
      stopping = true;
      await server.stop();
      await keeping.catch(() => undefined);
      // It may have been restarted meanwhile.
      await server.stop();
    },
  };
}

function startAgain(
  options: ServerOptions,
  { address, uiUrl }: Pick<KeptTemporal, 'address' | 'uiUrl'>,
): Promise<DevServer> {
  return startDevServer({
    ...options,
    port: Number(new URL(`http://${address}`).port),
    uiPort: Number(new URL(uiUrl).port),
  });
}

function endsTooOften(how: string, { logFile }: ServerOptions): CommandError {
  return new CommandError(
    `Temporal ends again and again: ${how}\nIts log is ${logFile}`,
    EXIT.unexpected,
  );
}
