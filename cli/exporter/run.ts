/** `onboard exporter`: counts all onboardings in Temporal, again and again, for Prometheus. */
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { pino, type Logger } from 'pino';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
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
import { EXPORTER_METRICS } from './metrics.ts';
import { readOnce, type Round } from './round.ts';

const ROUND_EVERY_MS = 60_000;
/** Searches share a limit of the namespace, and interactive work needs them too. */
const CALL_EVERY_MS = 1_000;

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
  let readCredentials = (): void => undefined;
  const stop = stopRequest(() => {
    readCredentials();
  });
  const logger = createLogger(values.ONBOARDING_LOG_LEVEL, pino.destination(2));
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const record = registryRecorder(registry, EXPORTER_METRICS);
  hideUnread(registry);
  const state = { ready: false };
  const http = await listen(registry, values.ONBOARDING_EXPORTER_ADDRESS, () => state.ready);
  const shown = showProcess(registryRecorder(registry, PROCESS_METRICS), server);
  const following = followingConnection(server, logger, shown.showCertificates);
  readCredentials = () => {
    following.readAgain();
    shown.readCertificates();
  };
  const stopping = new AbortController();
  const temporal = new Client({ connection: following.connection, namespace: server.namespace });
  const reset: Round['reset'] = (name) => {
    registry.getSingleMetric(name)?.reset();
  };
  const reading = readAgainAndAgain({ temporal, record, reset }, state, logger, stopping.signal);
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

/** prom-client begins a gauge without labels at 0, which would show no pause, no worker and no missing key until they are read. */
function hideUnread(registry: Registry): void {
  for (const [name, { labels }] of Object.entries(EXPORTER_METRICS)) {
    const metric = registry.getSingleMetric(name);
    if (metric instanceof Gauge && Object.keys(labels).length === 0) metric.remove();
  }
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

/** Resolves once `signal` aborts. The last values stay if Temporal is away: the time of the last success shows it. */
async function readAgainAndAgain(
  round: Omit<Round, 'turn'>,
  state: { ready: boolean },
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  const wait = (ms: number) => pause(Math.max(0, ms), undefined, { signal });
  const turn = () => wait(CALL_EVERY_MS);
  let warned = false;
  while (!signal.aborted) {
    const began = performance.now();
    try {
      await readOnce({ ...round, turn });
      round.record('onboarding_exporter_last_success_timestamp_seconds', {}, Date.now() / 1000);
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
    await wait(began + ROUND_EVERY_MS - performance.now()).catch(() => undefined);
  }
}
