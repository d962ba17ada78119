/** The worker that is measured: the real one, with the real activities, against a simulator. */
import type { NativeConnection, WorkflowBundleOption } from '@temporalio/worker';
import type { ActivitySettings } from '../activities/index.ts';
import { Ar24Client } from '../ar24/index.ts';
import type { Simulator } from '../simulator/index.ts';
import { createOnboardingWorker } from '../worker/index.ts';
import { dataConverter } from './encryption.ts';

const SETTINGS: ActivitySettings = {
  termsProof: 'field',
  termsMail: 'request',
  preAcceptTerms: false,
  preConfirmEmail: false,
  paymentRequest: 'mail',
};

/** Not to be what is measured. */
export const MAX_CALLS_PER_SECOND = 10_000;

export interface RunningWorker {
  stop(): Promise<void>;
}

export interface WorkerScene {
  readonly connection: NativeConnection;
  readonly simulator: Pick<Simulator, 'apiUrl' | 'token' | 'privateKey'>;
  readonly settings?: Partial<ActivitySettings>;
  readonly workflowBundle: WorkflowBundleOption;
  readonly maxCachedWorkflows?: number;
}

export async function startWorker(scene: WorkerScene): Promise<RunningWorker> {
  const { connection, simulator, workflowBundle, maxCachedWorkflows } = scene;
  const { apiUrl: baseUrl, token, privateKey } = simulator;
  const worker = await createOnboardingWorker({
    dataConverter,
    connection,
    namespace: 'default',
    ar24: new Ar24Client({ baseUrl, token, privateKey }),
    settings: { ...SETTINGS, ...scene.settings },
    maxCallsPerSecond: MAX_CALLS_PER_SECOND,
    workflowBundle,
    maxCachedWorkflows,
  });
  const run = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await run;
    },
  };
}
