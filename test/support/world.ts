/**
 * A world for each test: a real time-skipping Temporal server, a simulator over real HTTP, and a
 * worker with the real activities, as `onboard worker` builds them. The server is each test's own,
 * since one that saw a try die in the middle skips no time any more.
 */
import { afterEach } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ActivitySettings } from '../../activities/index.ts';
import type { ReceiverSettings } from '../../activities/notify/index.ts';
import { Ar24Client } from '../../ar24/index.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index.ts';
import { createOnboardingWorker, type OnboardingWorker } from '../../worker/index.ts';
import {
  DEFAULT_POLICY,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
  type OnboardingRequest,
  type OnboardingStart,
  type Policy,
} from '../../workflows/contract/index.ts';
import { addSearchAttributes } from './attributes.ts';
import { startKillableWorker, type KillableWorker } from './killable-worker.ts';
import { onboardingRequest } from './people.ts';
import { SenderUnderTest } from './sender.ts';
import { SETTINGS } from './settings.ts';
import { quietRuntime, timeSkippingServer, workflowBundle } from './temporal.ts';
import { dataConverter } from './encryption.ts';

export interface WorkerScene {
  readonly settings?: Partial<ActivitySettings>;
  /** Milliseconds; AR24's own 300 s where absent. */
  readonly timeoutMs?: number;
  readonly token?: string;
  readonly privateKey?: string;
  /** How wrong this worker's clock is, in milliseconds. */
  readonly clockAheadMs?: number;
  /** Where this worker tells the partner, if the policy has him told. */
  readonly notify?: ReceiverSettings | undefined;
}

export interface Scene extends WorkerScene {
  readonly simulator?: SimulatorOptions;
  readonly policy?: Partial<Policy>;
  /**
   * Workers will be replaced: nothing is kept in their caches, since the test server hands tasks to
   * the cache of a worker that is gone.
   */
  readonly replaceable?: true;
}

export interface World {
  readonly simulator: Simulator;
  readonly temporal: TestWorkflowEnvironment;
  readonly start: (
    request?: Partial<OnboardingRequest>,
    before?: Partial<Pick<OnboardingStart, 'askedBefore' | 'identityOrderedBefore'>>,
  ) => Promise<SenderUnderTest>;
  /** Stops this worker and lets another one take over, with other settings if given. */
  readonly replaceWorker: (scene?: WorkerScene) => Promise<void>;
  readonly stopWorker: () => Promise<void>;
  /** Stops this worker and lets one in a process of its own take over. */
  readonly startKillableWorker: () => Promise<KillableWorker>;
}

let closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  const last = closing.reverse();
  closing = [];
  for (const close of last) await close();
});

export async function openWorld(scene: Scene = {}): Promise<World> {
  quietRuntime();
  const temporal = await timeSkippingServer();
  closing.push(() => temporal.teardown());
  await addSearchAttributes(temporal.connection, 'default');
  const simulator = await startSimulator({ port: 0, ...scene.simulator });
  closing.push(() => simulator.stop());

  let running: { readonly worker: OnboardingWorker; readonly run: Promise<void> } | null = null;

  async function startWorker(changes: WorkerScene): Promise<void> {
    const { settings, timeoutMs, token, privateKey, clockAheadMs, notify } = {
      ...scene,
      ...changes,
    };
    const ar24 = new Ar24Client({
      baseUrl: simulator.apiUrl,
      token: token ?? simulator.token,
      privateKey: privateKey ?? simulator.privateKey,
      timeoutMs,
      now: () => new Date(Date.now() + (clockAheadMs ?? 0)),
    });
    const worker = await createOnboardingWorker({
      dataConverter,
      connection: temporal.nativeConnection,
      namespace: 'default',
      ar24,
      settings: { ...SETTINGS, ...settings },
      notify,
      maxCallsPerSecond: 1000,
      activatePatches: 'all',
      workflowBundle: await workflowBundle(),
      maxCachedWorkflows: scene.replaceable ? 0 : 10,
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
      const policy = { ...DEFAULT_POLICY, ...scene.policy };
      const handle = await temporal.client.workflow.start(WORKFLOW_TYPE, {
        workflowId: workflowIdOf(request.reference),
        taskQueue: TASK_QUEUE,
        args: [{ request, askedBefore: false, identityOrderedBefore: false, ...before, policy }],
      });
      return new SenderUnderTest(handle, temporal);
    },
  };
}
