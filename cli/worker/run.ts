/** The worker as a process of its own, against the Temporal and the AR24 that the environment names. */
import { pino } from 'pino';
import { createLogger } from '../../worker/index.ts';
import { EXIT } from '../exit-codes.ts';
import { createOutput } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { listenForHealth } from './health.ts';
import { readEverything } from './read-everything.ts';
import { startRuntime } from './runtime.ts';
import { startWorker, type RunningWorker } from './start.ts';

/**
 * Runs until somebody stops it, then lets calls in flight end within the grace period.
 *
 * @throws EnvironmentError, CommandError
 */
export async function runWorker(options: { readonly json?: boolean }): Promise<void> {
  const output = createOutput(options);
  const { settings, server } = readEverything(process.env);
  const { values } = settings;
  const stop = stopRequest();
  const logger = createLogger(values.ONBOARDING_LOG_LEVEL, pino.destination(2));
  let running: RunningWorker | undefined;
  const health = await listenForHealth(
    { isReady: () => running?.isReady() ?? Promise.resolve(false) },
    values.ONBOARDING_HEALTH_PORT,
  );
  try {
    startRuntime(logger, values.ONBOARDING_METRICS_ADDRESS);
    const { address } = server.connection;
    const started = await Promise.race([
      stop,
      startWorker({
        server,
        settings,
        logger,
        shutdownGraceMs: values.ONBOARDING_SHUTDOWN_GRACE_S * 1000,
        told: {
          waiting: (why, pauseMs) => {
            logger.warn({ address, why, pauseMs }, 'waiting for Temporal');
          },
          did: (what) => {
            logger.info(what);
          },
        },
      }),
    ]);
    // Nothing is in flight yet, and what is being started may take long.
    if (started === 'stop') process.exit(EXIT.done);
    running = started;
    const found = {
      temporal: address,
      namespace: server.namespace,
      healthPort: health.port,
      metricsAddress: values.ONBOARDING_METRICS_ADDRESS ?? null,
      activatePatches: values.ONBOARDING_ACTIVATE_PATCHES,
    };
    logger.info(found, 'ready');
    output.result(found, () => `The worker takes work from ${address}, ${server.namespace}.`);
    await Promise.race([stop, running.ended]);
    logger.info('stopping: calls in flight may end');
    await running.stop();
    logger.info('stopped');
  } finally {
    await health.close();
  }
}
