/** A worker in this process, from the connection to the end. */
import type { Logger } from 'pino';
import { createOnboardingWorker, type OnboardingWorkerOptions } from '../../worker/index.ts';
import { converterFor } from '../environment/encryption.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { connectWhenThere, type Told } from './connect.ts';
import type { TemporalServer } from './place.ts';
import type { WorkerSettings } from './settings.ts';

export interface RunningWorker {
  isReady(): Promise<boolean>;
  /** Resolves once it is stopped; rejects with a CommandError if it fails. */
  readonly ended: Promise<void>;
  /** Takes no more work, lets calls in flight end within the grace period, cancels the others. */
  stop(): Promise<void>;
}

export interface WorkerStart {
  readonly server: TemporalServer;
  readonly settings: WorkerSettings;
  readonly shutdownGraceMs: number;
  readonly logger: Logger;
  readonly told: Told;
  readonly workflowBundle?: OnboardingWorkerOptions['workflowBundle'];
}

/** @throws CommandError */
export async function startWorker(start: WorkerStart): Promise<RunningWorker> {
  const { server, settings, logger } = start;
  const { connection, made: worker } = await connectWhenThere(server, start.told, (connected) =>
    createOnboardingWorker({
      connection: connected,
      namespace: server.namespace,
      dataConverter: converterFor(settings.encryption),
      payloads: settings.encryption === 'plaintext' ? 'plaintext' : 'encrypted',
      ar24: settings.ar24,
      settings: settings.activities,
      notify: settings.notify,
      maxCallsPerSecond: settings.values.AR24_MAX_CALLS_PER_SECOND,
      maxCachedWorkflows: settings.values.ONBOARDING_MAX_CACHED_WORKFLOWS,
      activatePatches: settings.values.ONBOARDING_ACTIVATE_PATCHES,
      shutdownGraceMs: start.shutdownGraceMs,
      workflowBundle: start.workflowBundle,
    }),
  );
  const ended = worker.run().catch((error: unknown) => {
    logger.error({ err: error }, 'the worker failed');
    const why = error instanceof Error ? error.message : 'unknown';
    throw new CommandError(`the worker failed: ${why}`, EXIT.unexpected);
  });
  // Whoever waits for the end hears of it; until then it is nobody's business.
  ended.catch(() => undefined);
  return {
    isReady: () => worker.isReady(),
    ended,
    async stop() {
      worker.shutdown();
      await ended;
      await connection.close();
    },
  };
}
