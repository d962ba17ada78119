/** The worker as a process of its own. The environment names Temporal and AR24. */
import { pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import {
  createLogger,
  serveHealth,
  type HealthServer,
  type OnboardingWorker,
} from '../../worker/index.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import type { Environment } from '../environment/read-environment.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { createOutput } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { namedTemporalServer, type TemporalServer } from './place.ts';
import { workerSettings, type WorkerSettings } from './settings.ts';
import { startRuntime, startWorker, type RunningWorker } from './start.ts';

/**
 * Runs until a request to stop, then lets calls in flight end within the grace period.
 *
 * @throws EnvironmentError, CommandError
 */
export async function runWorker(options: { readonly json?: boolean }): Promise<void> {
  const output = createOutput(options);
  let running: RunningWorker | undefined;
  const { settings, server } = readEverything(process.env);
  const { values } = settings;
  const stop = stopRequest('stay');
  const logger = createLogger(values.ONBOARDING_LOG_LEVEL, pino.destination(2));
  const health = await listenForHealth(
    { isReady: () => running?.isReady() ?? Promise.resolve(false) },
    values.ONBOARDING_HEALTH_PORT,
    values.ONBOARDING_METRICS_ADDRESS === undefined ? undefined : metricsOfThisProcess(),
  );
  // The SDK keeps the last answer of each cached workflow: a small part of a pool of 64 KiB, which would stay with it.
  Buffer.poolSize = 0;
  try {
    startRuntime(logger, values.ONBOARDING_METRICS_ADDRESS);
    const { address } = server.connection;
    const started = await Promise.race([
      stop,
      startWorker({
        server,
        credentials: 'followed',
        settings,
        logger,
        shutdownGraceMs: values.ONBOARDING_SHUTDOWN_GRACE_S * 1000,
        report: {
          waiting: (why, pauseMs) => {
            logger.warn({ address, why, pauseMs }, 'waiting for Temporal');
          },
          changed: (change) => {
            logger.info(change);
          },
        },
      }),
    ]);
    // No call is in flight yet, and the start may take long.
    if (started === 'stop') process.exit(EXIT.done);
    collectGarbage();
    running = started;
    const found = {
      temporal: address,
      namespace: server.namespace,
      healthPort: health.port,
      metricsAddress: values.ONBOARDING_METRICS_ADDRESS ?? null,
      activatePatches: values.ONBOARDING_ACTIVATE_PATCHES,
      buildId: settings.version?.buildId ?? null,
    };
    logger.info(found, 'ready');
    output.result(found, () => `The worker runs for ${address}, ${server.namespace}.`);
    await Promise.race([stop, running.ended]);
    logger.info('stopping: calls in flight may end');
    await running.stop();
    logger.info('stopped');
  } finally {
    await health.close();
  }
}

/** Its memory, processor time and event loop. */
function metricsOfThisProcess(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** An orchestrator connects from outside: listen on every address. No answer names a sender. */
const HOST = '0.0.0.0';

/** @throws CommandError where the port cannot be used */
async function listenForHealth(
  worker: Pick<OnboardingWorker, 'isReady'>,
  port: number,
  processMetrics?: Registry,
): Promise<HealthServer> {
  try {
    return await serveHealth(worker, { port, host: HOST }, processMetrics);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CommandError(
      `port ${port}, for health checks, cannot be used (${error.message}). ` +
        'Stop the program that has it, or choose another port with ONBOARDING_HEALTH_PORT.',
    );
  }
}

/** @throws EnvironmentError with all faults, of AR24 and of Temporal */
function readEverything(environment: Environment): {
  readonly settings: WorkerSettings;
  readonly server: TemporalServer;
} {
  const faults: EnvironmentFault[] = [];
  const settings = workerSettings(environment, faults);
  const server = namedTemporalServer(faults);
  if (settings === undefined || server === undefined || faults.length > 0) {
    throw new EnvironmentError(faults);
  }
  return { settings, server };
}
