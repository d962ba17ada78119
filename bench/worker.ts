/** The measured worker: the real one, with the real activities, against a simulator. */
import type { NativeConnection, WorkflowBundleOption } from '@temporalio/worker';
import type { ActivitySettings, RequesterActivities } from '../activities/index.ts';
import { Ar24Client } from '../ar24/index.ts';
import type { Simulator } from '../simulator/index.ts';
import { createOnboardingWorker } from '../worker/index.ts';
import type { Policy } from '../workflows/contract/index.ts';
import { dataConverter } from './keys.ts';

const SETTINGS: ActivitySettings = {
  termsProof: 'field',
  termsMail: 'request',
  preAcceptTerms: false,
  preConfirmEmail: false,
  paymentRequest: 'mail',
};

/** The rate limit is not measured. */
export const MAX_CALLS_PER_SECOND = 10_000;

export interface BenchWorker {
  stop(): Promise<void>;
}

export interface BenchWorkerOptions {
  readonly connection: NativeConnection;
  readonly simulator: Pick<Simulator, 'apiUrl' | 'token' | 'privateKey'>;
  readonly settings?: Partial<ActivitySettings>;
  readonly workflowBundle: WorkflowBundleOption;
  readonly maxCachedWorkflows?: number;
  /** For a server without search. */
  readonly requesters?: RequesterActivities;
  readonly policy?: Partial<Policy>;
}

export async function startWorker(options: BenchWorkerOptions): Promise<BenchWorker> {
  const { connection, simulator, workflowBundle, maxCachedWorkflows, requesters, policy } = options;
  const { apiUrl: baseUrl, token, privateKey } = simulator;
  const worker = await createOnboardingWorker({
    dataConverter,
    connection,
    namespace: 'default',
    ar24: new Ar24Client({ baseUrl, token, privateKey }),
    settings: { ...SETTINGS, ...options.settings },
    maxCallsPerSecond: MAX_CALLS_PER_SECOND,
    workflowBundle,
    maxCachedWorkflows,
    requesters,
    policy,
  });
  const run = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await run;
    },
  };
}
