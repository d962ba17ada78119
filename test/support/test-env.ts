/**
 * A test environment for each test: a real time-skipping Temporal server, a simulator over real
 * HTTP, and a worker with the real activities, as `onboard worker` builds them. Each test has its
 * own server, since a server on which a try died stops skipping time.
 */
import { afterEach } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ActivitySettings } from '../../activities/index.ts';
import type { ReceiverSettings } from '../../activities/notify/index.ts';
import { Ar24Client } from '../../ar24/index.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index.ts';
import { createOnboardingWorker, type OnboardingWorker } from '../../worker/index.ts';
import {
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
  type OnboardingRequest,
  type OnboardingStart,
  type Policy,
} from '../../workflows/contract/index.ts';
import { AR24_VARIABLES } from '../../cli/environment/ar24-variables.ts';
import { readEnvironment } from '../../cli/environment/read-environment.ts';
import { ar24OptionsOf } from '../../cli/worker/settings.ts';
import { startAlteredAr24, type Alter, type BeforeCall } from './altered-ar24.ts';
import { addSearchAttributes } from './attributes.ts';
import { startKillableWorker, type KillableWorker } from './killable-worker.ts';
import { onboardingRequest } from './people.ts';
import { otherRequesters, type OtherRequesters } from './requesters.ts';
import { SenderUnderTest } from './sender.ts';
import { SETTINGS } from './settings.ts';
import { developmentServer, quietRuntime, timeSkippingServer, workflowBundle } from './temporal.ts';
import { dataConverter, PAYLOADS } from './encryption.ts';

export interface TestWorkerOptions {
  readonly settings?: Partial<ActivitySettings>;
  /** Milliseconds; AR24's own 300 s if absent. */
  readonly timeoutMs?: number;
  readonly token?: string;
  readonly privateKey?: string;
  /** Alters AR24's answers on their way to this worker. */
  readonly alter?: Alter;
  /** Runs during a call to AR24. */
  readonly beforeCall?: BeforeCall;
  /** `AR24_*`, as `onboard worker` reads it. */
  readonly environment?: Readonly<Record<`AR24_${string}`, string>>;
  readonly emailCase?: 'insensitive' | 'sensitive';
  /** How wrong this worker's clock is, in milliseconds. */
  readonly clockAheadMs?: number;
  /** This worker's clock, if it is not the machine's. */
  readonly now?: () => Date;
  /** Where this worker sends notifications, if the policy has them. */
  readonly notify?: ReceiverSettings | undefined;
}

export interface TestEnvOptions extends TestWorkerOptions {
  readonly simulator?: SimulatorOptions;
  readonly policy?: Partial<Policy>;
  /** Whether other references requested access for the sender's address. Default: none. */
  readonly otherRequesters?: OtherRequesters;
  /**
   * The workers will be replaced: nothing is kept in their caches, since the test server may give
   * tasks to a worker that is gone.
   */
  readonly replaceable?: true;
  /**
   * Workers will be killed, and replaced. Time is real: only the development server knows time-outs that are not
   * retried.
   */
  readonly killable?: true;
}

export interface TestEnv {
  readonly simulator: Simulator;
  readonly temporal: TestWorkflowEnvironment;
  readonly start: (
    request?: Partial<OnboardingRequest>,
    before?: Partial<Pick<OnboardingStart, 'accessRequestedBefore' | 'identityOrderedBefore'>>,
  ) => Promise<SenderUnderTest>;
  /** Stops this worker and starts another one, with other settings if given. */
  readonly replaceWorker: (options?: TestWorkerOptions) => Promise<void>;
  readonly stopWorker: () => Promise<void>;
  /** Stops this worker and starts one in a process of its own. */
  readonly startKillableWorker: () => Promise<KillableWorker>;
}

let closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  const last = closing.reverse();
  closing = [];
  for (const close of last) await close();
});

export async function openTestEnv(options: TestEnvOptions = {}): Promise<TestEnv> {
  quietRuntime();
  const temporal = await (options.killable ? developmentServer() : timeSkippingServer());
  closing.push(() => temporal.teardown());
  if (!options.killable) await addSearchAttributes(temporal.connection, 'default');
  const simulator = await startSimulator({ port: 0, ...options.simulator });
  closing.push(() => simulator.stop());

  let running: { readonly worker: OnboardingWorker; readonly run: Promise<void> } | null = null;

  async function startWorker(changes: TestWorkerOptions): Promise<void> {
    const set = { ...options, ...changes };
    const { settings, timeoutMs, token, privateKey, environment, emailCase } = set;
    const { alter, beforeCall, notify, clockAheadMs = 0, now = () => new Date() } = set;
    const altered = (alter ?? beforeCall) && (await startAlteredAr24(simulator, alter, beforeCall));
    if (altered) closing.push(altered.stop);
    const variables = readEnvironment(AR24_VARIABLES, {
      AR24_BASE_URL: altered?.apiUrl ?? simulator.apiUrl,
      AR24_TOKEN: token ?? simulator.token,
      AR24_PRIVATE_KEY: privateKey ?? simulator.privateKey,
      ...(emailCase && { AR24_EMAIL_CASE: emailCase }),
      ...environment,
    });
    const ar24 = new Ar24Client({
      ...ar24OptionsOf(variables),
      ...(timeoutMs !== undefined && { timeoutMs }),
      now: () => new Date(now().getTime() + clockAheadMs),
    });
    const worker = await createOnboardingWorker({
      dataConverter,
      payloads: PAYLOADS,
      connection: temporal.nativeConnection,
      namespace: 'default',
      ar24,
      settings: { ...SETTINGS, ...settings },
      notify,
      maxCallsPerSecond: 1000,
      policy: options.policy,
      requesters: otherRequesters(options.otherRequesters),
      activatePatches: 'all',
      workflowBundle: await workflowBundle(),
      maxCachedWorkflows: options.replaceable || options.killable ? 0 : 10,
    });
    running = { worker, run: worker.run() };
  }

  async function stopWorker(): Promise<void> {
    running?.worker.shutdown();
    await running?.run;
    running = null;
  }

  await startWorker({});
  closing.push(stopWorker);

  return {
    simulator,
    temporal,
    stopWorker,
    async replaceWorker(changes = {}) {
      await stopWorker();
      await startWorker(changes);
    },
    async startKillableWorker() {
      await stopWorker();
      const killable = await startKillableWorker(temporal.address, simulator);
      closing.push(() => killable.kill());
      return killable;
    },
    async start(fields = {}, before = {}) {
      const request = onboardingRequest(fields);
      const handle = await temporal.client.workflow.start(WORKFLOW_TYPE, {
        workflowId: workflowIdOf(request.reference),
        taskQueue: TASK_QUEUE,
        args: [
          {
            request,
            emailHashes: [`1.${request.email}`],
            accessRequestedBefore: false,
            identityOrderedBefore: false,
            ...before,
          },
        ],
      });
      return new SenderUnderTest(handle, temporal);
    },
  };
}
