/** Starts a worker in this process. */
import { Runtime, type NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { CODEC_METRICS, codecObserver } from '../../codec/index.ts';
import { PROCESS_METRICS } from '../../metrics/process.ts';
import { processRecorder } from '../../metrics/sdk.ts';
import {
  createOnboardingWorker,
  type OnboardingWorkerOptions,
  installRuntime,
  pinningFault,
  watchVersion,
} from '../../worker/index.ts';
import { converterFor } from '../environment/encryption.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { showProcess } from '../process-metrics.ts';
import { tracingOf } from '../tracing.ts';
import { ar24AccountOf, requireAr24Account } from './ar24-account.ts';
import { followCredentials, withNewCredentials } from '../temporal-credentials.ts';
import { connectAgain, connectWhenThere, type ConnectReport } from './connect.ts';
import type { TemporalServer } from './place.ts';
import type { WorkerSettings } from './settings.ts';

export interface RunningWorker {
  isReady(): Promise<boolean>;
  /** Resolves once it is stopped; rejects with a CommandError if it fails. */
  readonly ended: Promise<void>;
  /** Takes no more work, lets calls in flight end within the grace period, cancels the others. */
  stop(): Promise<void>;
}

interface WorkerStart {
  readonly server: TemporalServer;
  /** Its credentials may change. Default: they stay. */
  readonly credentials?: 'followed' | 'fixed';
  readonly settings: WorkerSettings;
  readonly shutdownGraceMs: number;
  readonly logger: Logger;
  readonly report: ConnectReport;
  /** AR24 is the simulator of an `onboard up`. */
  readonly simulated?: boolean | undefined;
  readonly workflowBundle?: OnboardingWorkerOptions['workflowBundle'];
}

/** @throws CommandError */
export async function startWorker(start: WorkerStart): Promise<RunningWorker> {
  const { server, settings, logger } = start;
  const { metricMeter } = Runtime.instance();
  const observer = codecObserver(processRecorder(metricMeter, CODEC_METRICS), logger);
  const shown = showProcess(processRecorder(metricMeter, PROCESS_METRICS), server, {
    buildId: settings.version?.buildId,
  });
  const tracing = await tracingOf('onboarding-worker', settings.values, logger);
  const account = ar24AccountOf(settings.values, start.simulated === true);
  const { server: connectedTo, made: worker } = await connectWhenThere(
    () => (start.credentials === 'followed' ? withNewCredentials(server) : server),
    start.report,
    async (connected) => {
      await requireAr24Account(connected, server.namespace, account);
      await requirePinning(connected, settings);
      return createOnboardingWorker({
        connection: connected,
        namespace: server.namespace,
        dataConverter: converterFor(settings.encryption, observer),
        payloads: settings.encryption === 'plaintext' ? 'plaintext' : 'encrypted',
        ar24: settings.ar24,
        settings: settings.activities,
        policy: settings.policy,
        notify: settings.notify,
        maxCallsPerSecond: callsPerSecond(settings.values),
        maxCachedWorkflows: settings.values.ONBOARDING_MAX_CACHED_WORKFLOWS,
        version: settings.version,
        activatePatches: settings.values.ONBOARDING_ACTIVATE_PATCHES,
        shutdownGraceMs: start.shutdownGraceMs,
        workflowBundle: start.workflowBundle,
        activityInterceptors: tracing?.activityInterceptors,
      });
    },
  );
  const ended = worker.run().catch((error: unknown) => {
    logger.error({ err: error }, 'the worker failed');
    const why = error instanceof Error ? error.message : 'unknown';
    throw new CommandError(`the worker failed: ${why}`, EXIT.unexpected);
  });
  // The caller handles the rejection of `ended`, perhaps later: until then it must not end the process.
  ended.catch(() => undefined);
  const stopWatching = settings.version
    ? watchVersion(worker.connection, server.namespace, settings.version, {
        info: (line) => {
          logger.info(line);
        },
        warn: (line) => {
          logger.warn(line);
        },
      })
    : undefined;
  const following =
    start.credentials === 'followed'
      ? followCredentials({
          server: connectedTo,
          logger,
          connect: connectAgain,
          use(connection, next) {
            worker.useConnection(connection);
            shown.showCertificates(next);
          },
        })
      : undefined;
  return {
    isReady: () => worker.isReady(),
    ended,
    async stop() {
      stopWatching?.();
      shown.hide();
      worker.shutdown();
      await following?.stop();
      await ended;
      await worker.closeConnections();
      await tracing?.stop();
    },
  };
}

/** @throws CommandError where this server cannot move pinned onboardings to a newer version */
async function requirePinning(
  connection: NativeConnection,
  { version }: WorkerSettings,
): Promise<void> {
  const fault = version?.behavior === 'pinned' ? await pinningFault(connection) : undefined;
  if (fault !== undefined) throw new CommandError(fault);
}

/** Where AR24 accepts each date once only, there is one date, and so one call, a second. */
function callsPerSecond(values: WorkerSettings['values']): number {
  const { AR24_MAX_CALLS_PER_SECOND: most, AR24_DATE_SHARE: share } = values;
  return share === undefined ? most : Math.min(most, 1);
}

/** @throws CommandError where the address for metrics cannot be used */
export function startRuntime(logger: Logger, metricsAddress: string | undefined): void {
  try {
    installRuntime({ logger, metricsAddress });
  } catch (error) {
    if (metricsAddress === undefined || !(error instanceof Error)) throw error;
    throw new CommandError(
      `${metricsAddress}, for metrics, cannot be used (${error.message}). ` +
        'Choose another address with ONBOARDING_METRICS_ADDRESS.',
    );
  }
}
