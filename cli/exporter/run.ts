/** `onboard exporter`: counts all onboardings in Temporal, again and again, for Prometheus. */
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { pino, type Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { TemporalUnavailableError } from '../../client/index.ts';
import { registryRecorder, serveMetrics, type MetricsServer } from '../../metrics/prometheus.ts';
import { PROCESS_METRICS } from '../../metrics/process.ts';
import { createLogger } from '../../worker/logging.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import { EXPORTER_VARIABLES } from '../environment/exporter-variables.ts';
import { readEnvironmentInto } from '../environment/read-environment.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';
import { CommandError } from '../failure.ts';
import { createOutput } from '../output.ts';
import { showProcess } from '../process-metrics.ts';
import { stopRequest } from '../stop-request.ts';
import { followingConnection } from '../temporal-credentials.ts';
import { namedTemporalServer } from '../worker/place.ts';
import { exporterGauges, LAST_SUCCESS, type Gauges } from './gauges.ts';
import { readOnce, type Round } from './round.ts';

/** Searches share a limit of the namespace, and interactive work needs them too. */
const PACE = { roundMs: 60_000, callMs: 1_000 };

const { ONBOARDING_LOG_LEVEL } = WORKER_VARIABLES;
const VARIABLES = { ...EXPORTER_VARIABLES, ONBOARDING_LOG_LEVEL };

/**
 * Runs until a request to stop. Starts also while Temporal is away: it is then not ready.
 *
 * @throws EnvironmentError, CommandError
 */
export async function runExporter(options: { readonly json?: boolean }): Promise<void> {
  const output = createOutput(options);
  const faults: EnvironmentFault[] = [];
  const values = readEnvironmentInto(faults, VARIABLES, process.env);
  const server = namedTemporalServer(faults);
  if (values === undefined || server === undefined) throw new EnvironmentError(faults);
  const stop = stopRequest('stay');
  const logger = createLogger(values.ONBOARDING_LOG_LEVEL, pino.destination(2));
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = exporterGauges(registry);
  const state = { ready: false };
  const http = await listen(registry, values.ONBOARDING_EXPORTER_ADDRESS, () => state.ready);
  const shown = showProcess(registryRecorder(registry, PROCESS_METRICS), server);
  const following = followingConnection(server, logger, shown.showCertificates);
  const stopping = new AbortController();
  const temporal = new Client({ connection: following.connection, namespace: server.namespace });
  const reading = readAgainAndAgain({ temporal, gauges, state, logger, signal: stopping.signal });
  const found = {
    url: http.url,
    temporal: server.connection.address,
    namespace: server.namespace,
  };
  collectGarbage();
  logger.info(found, 'started');
  output.result(found, () => `The metrics of all onboardings are at ${http.url}/metrics.`);
  await Promise.race([stop, reading]);
  stopping.abort();
  state.ready = false;
  await reading;
  shown.hide();
  await http.close();
  await following.close();
  logger.info('stopped');
}

async function listen(
  registry: Registry,
  address: { readonly host: string; readonly port: number },
  isReady: () => boolean,
): Promise<MetricsServer> {
  try {
    return await serveMetrics(registry, address, isReady);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CommandError(
      `the metrics cannot be served (${error.message}). Choose another address with ONBOARDING_EXPORTER_ADDRESS.`,
    );
  }
}

export interface Reading {
  readonly temporal: Client;
  readonly gauges: Gauges;
  readonly state: { ready: boolean };
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Default: a round a minute, a call a second. */
  readonly pace?: { readonly roundMs: number; readonly callMs: number };
}

/** Resolves once `signal` aborts. */
export async function readAgainAndAgain(reading: Reading): Promise<void> {
  const { temporal, gauges, state, logger, signal } = reading;
  const { roundMs, callMs } = reading.pace ?? PACE;
  const wait = (ms: number) => pause(Math.max(0, ms), undefined, { signal });
  const turn = () => wait(callMs);
  let warned = false;
  while (!signal.aborted) {
    const began = performance.now();
    try {
      const round: Parameters<Round['record']>[] = [];
      await readOnce({ temporal, turn, record: (...one) => round.push(one) });
      round.push([LAST_SUCCESS, {}, Date.now() / 1000]);
      gauges.show(round);
      if (warned || !state.ready) logger.info('all counts read');
      state.ready = true;
      warned = false;
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') return;
      if (!(error instanceof TemporalUnavailableError)) throw error;
      // Once for each outage.
      if (!warned) logger.warn({ err: error }, 'Temporal cannot be used');
      warned = true;
      state.ready = false;
    }
    await wait(began + roundMs - performance.now()).catch(() => undefined);
  }
}
