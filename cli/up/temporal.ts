import { assertPortFree, clearLeftover, findTemporalCli, freePort } from '../../devserver/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { inStateFolder } from '../state-folder/path.ts';
import type { TemporalServer } from '../worker/place.ts';
import type { Closing } from './closing.ts';
import type { LocalCodec } from './codec.ts';
import { keepTemporal } from './kept-temporal.ts';
import type { UpPlan } from './options.ts';
import { TEMPORAL_DB } from './reset.ts';
import { keepEndedOnboardings } from './retention.ts';

type Note = (line: string) => void;

/** The Temporal that is worked with. */
export interface Temporal {
  readonly server: TemporalServer;
  /** Undefined where it is another one than ours. */
  readonly uiUrl: string | undefined;
  /** Rejects when it is ours and cannot be kept up. */
  readonly lost: Promise<never>;
}

const PORT_OPTIONS = { port: '--temporal-port', uiPort: '--ui-port' };

/**
 * Makes way for our Temporal: a server that a killed process left behind is stopped.
 *
 * @returns the same with the port of its UI, which others have to know before it is started
 * @throws PortTakenError, DevServerInUseError
 */
export async function makeWayForTemporal(
  wanted: UpPlan['temporal'],
  note: Note,
): Promise<UpPlan['temporal']> {
  if (wanted.kind === 'other') return wanted;
  const { port, uiPort } = wanted;
  await clearLeftover(inStateFolder(TEMPORAL_DB), note);
  if (port !== 0) await assertPortFree(port, 'Temporal', PORT_OPTIONS.port);
  if (uiPort === 0) return { ...wanted, uiPort: await freePort() };
  await assertPortFree(uiPort, "Temporal's UI", PORT_OPTIONS.uiPort);
  return wanted;
}

/** @throws BinaryNotFoundError, PortTakenError, DevServerStartError, each with the way out */
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
  );
  closing.add(kept.stop);
  const { address, namespace, uiUrl, lost } = kept;
  await keepEndedOnboardings({ address, namespace, days: wanted.retentionDays }, note);
  note(`Temporal   at ${address}, its UI at ${uiUrl}`);
  return { server: { connection: { address }, namespace }, uiUrl, lost };
}
