/**
 * Three workers in one process. One runs the workflows. One makes the calls to AR24, on a task queue of its own, so that
 * the server limits their rate over all processes. One notifies the partner, so that a receiver that hangs
 * delays nothing else.
 */
import type { ConnectionLike } from '@temporalio/client';
import {
  Runtime,
  Worker,
  type NativeConnection,
  type ActivityInterceptorsFactory,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { createErasureActivities } from '../activities/erase/index.ts';
import {
  createAr24Activities,
  createPolicyActivities,
  policyFingerprint,
  createRequesterActivities,
  type ActivitySettings,
  type RequesterActivities,
} from '../activities/index.ts';
import {
  createDeliveryActivities,
  createNotifyActivities,
  type ReceiverSettings,
} from '../activities/notify/index.ts';
import type { Ar24Client } from '../ar24/index.ts';
import {
  replaceableConnection,
  type ReplaceableConnection,
} from '../client/replaceable-connection.ts';
import { lastRestore } from '../client/restores.ts';
import { areWritesPaused } from '../client/writes.ts';
import { workerIdentity } from '../codec/worker-identity.ts';
import { AR24_TASK_QUEUE, NOTIFY_TASK_QUEUE, TASK_QUEUE } from '../workflows/contract/names.ts';
import type { Policy } from '../workflows/contract/policy.ts';
import { workflowBundle } from './bundle.ts';
import { converterOf, type WorkerEncryption } from './encryption.ts';
import { checkedPolicy } from './policy-schema.ts';
import { workflowCountersAtZero } from './metrics.ts';
import { patchActivation, type ActivatedPatches } from './patches.ts';
import { createShare, takeIdentity } from './rate-share.ts';
import { temporalAnswers } from './readiness.ts';
import { deploymentOptions, type WorkerVersion } from './version.ts';

export interface OnboardingWorkerOptions extends WorkerEncryption {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly ar24: Ar24Client;
  readonly settings: ActivitySettings;
  /** At most this many calls to AR24 a second, over all workers of the namespace. */
  readonly maxCallsPerSecond: number;
  /** The policy of the onboardings. Missing settings are those of DEFAULT_POLICY, and `termsProof` that of `settings`. */
  readonly policy?: Partial<Policy> | undefined;
  /** The partner's receiver of notifications. Absent: notifications wait for a worker that has one. */
  readonly notify?: ReceiverSettings | undefined;
  /** How to find other references that requested an account. Absent: by Temporal's search. */
  readonly requesters?: RequesterActivities | undefined;
  /** How long calls in flight may continue after `shutdown` (ms). 0: they are cancelled at once. */
  readonly shutdownGraceMs?: number | undefined;
  /** Workflows kept in memory. The others are replayed from Temporal when something happens. */
  readonly maxCachedWorkflows?: number | undefined;
  /** Active patches of the workflow's code. Default: none. */
  readonly activatePatches?: ActivatedPatches | undefined;
  /** Such as those that trace the activities. Default: none. */
  readonly activityInterceptors?: readonly ActivityInterceptorsFactory[] | undefined;
  /** For Temporal's Worker Versioning. Absent: the worker has no version. */
  readonly version?: WorkerVersion | undefined;
  /** Absent: bundled at the start. */
  readonly workflowBundle?: WorkflowBundleOption | undefined;
}

export interface OnboardingWorker {
  /** Resolves once stopped, after `shutdown` or not; rejects if a worker fails. */
  run(): Promise<void>;
  shutdown(): void;
  /** To Temporal. It stays the same object when another connection is used. */
  readonly connection: ConnectionLike;
  /** Uses this connection from now on. The one before is closed after the calls on it. */
  useConnection(next: NativeConnection): void;
  /** Closes the connections, after the end. */
  closeConnections(): Promise<void>;
  /** Whether all workers poll and Temporal answers. Never rejects. Takes about 1 s at most. */
  isReady(): Promise<boolean>;
}

const CANCELLATION_HEARD_WITHIN_MS = 5_000;
const CALLS_AT_A_TIME = 100;
/** If the receiver hangs, at most this many deliveries hang, 15 s each. */
const DELIVERIES_AT_A_TIME = 50;
/** After the grace period, calls are cancelled. One that does not end within this time is abandoned. */
const CANCELLED_WITHIN_MS = 5_000;

/**
 * @throws TypeError if `policy` or `notify` is invalid or payloads would not be encrypted, and the SDK's errors. The
 *   caller may then close the connection.
 */
export async function createOnboardingWorker(
  options: OnboardingWorkerOptions,
): Promise<OnboardingWorker> {
  const { namespace, settings, shutdownGraceMs = 0, activityInterceptors = [] } = options;
  const replaceable = replaceableConnection(options.connection);
  const { connection } = replaceable;
  const dataConverter = converterOf(options);
  const meter = Runtime.instance().metricMeter;
  workflowCountersAtZero(meter, namespace);
  const policy = checkedPolicy({ termsProof: settings.termsProof, ...options.policy });
  const deliveries = createDeliveryActivities(options.notify, meter);
  const { identity, giveBack } = takeIdentity();
  const shared = {
    connection: options.connection,
    namespace,
    identity,
    dataConverter,
    shutdownGraceTime: shutdownGraceMs,
    shutdownForceTime: shutdownGraceMs + CANCELLED_WITHIN_MS,
    interceptors: { activity: [...activityInterceptors] },
  };
  const workflows = await Worker.create({
    ...shared,
    // The identity lists the keys and the policy of this worker, for other processes.
    identity: `${workerIdentity(identity, dataConverter)} policy=${policyFingerprint(policy)}`,
    taskQueue: TASK_QUEUE,
    activities: {
      ...createNotifyActivities(),
      ...createErasureActivities(),
      ...createPolicyActivities(policy),
      ...(options.requesters ?? createRequesterActivities()),
    },
    workflowBundle: options.workflowBundle ?? (await workflowBundle()),
    patchActivationCallback: patchActivation(options.activatePatches ?? 'none'),
    // The other two run no workflows: any of their workers can do any task.
    ...(options.version && { workerDeploymentOptions: deploymentOptions(options.version) }),
    ...(options.maxCachedWorkflows !== undefined && {
      maxCachedWorkflows: options.maxCachedWorkflows,
    }),
  });
  const made = [workflows];
  try {
    const notifications = await Worker.create({
      ...shared,
      taskQueue: NOTIFY_TASK_QUEUE,
      activities: deliveries,
      maxConcurrentActivityTaskExecutions: DELIVERIES_AT_A_TIME,
    });
    made.push(notifications);
    const calls = await Worker.create({
      ...shared,
      taskQueue: AR24_TASK_QUEUE,
      activities: createAr24Activities({
        ...options,
        meter,
        shareNow: createShare(connection, namespace, identity, options.maxCallsPerSecond),
        writesPaused: () => areWritesPaused(connection, namespace),
        restoredAt: () => lastRestore(connection, namespace),
      }),
      // A coarse limit, because the server counts tasks. The rate limiter counts calls.
      maxTaskQueueActivitiesPerSecond: options.maxCallsPerSecond,
      maxConcurrentActivityTaskExecutions: callsAtATime(options.maxCallsPerSecond),
      // A cancellation arrives as the answer to a heartbeat.
      maxHeartbeatThrottleInterval: CANCELLATION_HEARD_WITHIN_MS,
    });
    made.push(calls);
    const answers = temporalAnswers(connection, namespace);
    return together(made, { replaceable, answers, ended: giveBack });
  } catch (error) {
    giveBack();
    await Promise.all(made.map(letGo));
    throw error;
  }
}

/** At most as many calls as the rate limit allows in a minute: the wait for a turn is part of an attempt. */
function callsAtATime(maxCallsPerSecond: number): number {
  return Math.min(CALLS_AT_A_TIME, Math.max(2, Math.floor(maxCallsPerSecond * 60)));
}

/**
 * A worker holds the connection until it shuts down, and only a worker that has run can shut down. To run these
 * workers for a moment is harmless: they make no calls to AR24, and a notification may be sent twice.
 */
async function letGo(worker: Worker): Promise<void> {
  await worker.runUntil(Promise.resolve());
}

interface Shared {
  readonly replaceable: ReplaceableConnection<NativeConnection>;
  readonly answers: () => Promise<boolean>;
  /** Called after all have stopped. */
  readonly ended: () => void;
}

function together(
  workers: readonly Worker[],
  { replaceable, answers, ended }: Shared,
): OnboardingWorker {
  const isRunning = () => workers.every((worker) => worker.getState() === 'RUNNING');
  const shutdown = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  return {
    connection: replaceable.connection,
    async run() {
      const runs = workers.map((worker) => worker.run());
      try {
        await Promise.all(runs);
      } finally {
        // With only some of the workers running, senders would wait for ever.
        shutdown();
        await Promise.allSettled(runs);
        ended();
      }
    },
    shutdown,
    useConnection(next) {
      for (const worker of workers) worker.connection = next;
      replaceable.replace(next);
    },
    closeConnections: () => replaceable.close(),
    // Checked again after the answer: it may have been shut down meanwhile.
    isReady: async () => isRunning() && (await answers()) && isRunning(),
  };
}
