/**
 * Three workers in one process: one runs the workflows, one the calls to AR24, which have a task queue
 * of their own so that the server can limit their rate whatever the number of workers, and one tells
 * the partner, so that a receiver that hangs holds up nothing else.
 */
import { Worker, type NativeConnection, type WorkflowBundleOption } from '@temporalio/worker';
import { createErasureActivities } from '../activities/erase/index.ts';
import { createAr24Activities, type ActivitySettings } from '../activities/index.ts';
import {
  createDeliveryActivities,
  createTellingActivities,
  type ReceiverSettings,
} from '../activities/notify/index.ts';
import { refuseUnreadableArguments } from '../activities/unreadable-arguments.ts';
import type { Ar24Client } from '../ar24/index.ts';
import { AR24_TASK_QUEUE, NOTIFY_TASK_QUEUE, TASK_QUEUE } from '../workflows/contract/names.ts';
import { workflowBundle } from './bundle.ts';
import { converterOf, type WorkerEncryption } from './encryption.ts';
import { patchActivation, type ActivatedPatches } from './patches.ts';
import { withReadableArguments } from './readable-arguments.ts';
import { temporalAnswers } from './readiness.ts';

export interface OnboardingWorkerOptions extends WorkerEncryption {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly ar24: Ar24Client;
  readonly settings: ActivitySettings;
  /** Most calls to AR24 a second: by the server over all workers, and by each process. */
  readonly maxCallsPerSecond: number;
  /** Where the partner wants to be told. Absent: what is to be told waits for a worker that knows. */
  readonly notify?: ReceiverSettings | undefined;
  /** How long calls in flight may go on after `shutdown` (ms). 0: they are cancelled at once. */
  readonly shutdownGraceMs?: number | undefined;
  /** Parked senders kept in memory: the rest is replayed from Temporal when something happens. */
  readonly maxCachedWorkflows?: number | undefined;
  /** Changes of the workflow's code that new steps are taken with; none where absent. */
  readonly activatePatches?: ActivatedPatches | undefined;
  /** Bundled anew where absent. */
  readonly workflowBundle?: WorkflowBundleOption | undefined;
}

export interface OnboardingWorker {
  /** Resolves once stopped, after `shutdown` or not; rejects if a worker fails. */
  run(): Promise<void>;
  shutdown(): void;
  /** All workers are polling, and Temporal answers. Never rejects; takes about 1 s at most. */
  isReady(): Promise<boolean>;
}

const CANCELLATION_HEARD_WITHIN_MS = 5_000;
const CALLS_AT_A_TIME = 100;
/** The server counts activities, of which some look before they write. */
const CALLS_PER_ACTIVITY = 2;
/** So many hang at most, 15 s each, where the receiver does. */
const DELIVERIES_AT_A_TIME = 50;
/** After the grace period, calls are cancelled; one that does not hear of it is left behind. */
const CANCELLED_WITHIN_MS = 5_000;

/**
 * @throws TypeError where `notify` makes no sense or nothing would be encrypted, and what the SDK throws; the
 *   connection is then free to be closed
 */
export async function createOnboardingWorker(
  options: OnboardingWorkerOptions,
): Promise<OnboardingWorker> {
  const { connection, namespace, shutdownGraceMs = 0 } = options;
  const dataConverter = converterOf(options);
  const deliveries = createDeliveryActivities(options.notify);
  const shared = {
    connection,
    namespace,
    dataConverter,
    shutdownGraceTime: shutdownGraceMs,
    shutdownForceTime: shutdownGraceMs + CANCELLED_WITHIN_MS,
  };
  const workflows = await Worker.create({
    ...shared,
    taskQueue: TASK_QUEUE,
    activities: { ...createTellingActivities(), ...createErasureActivities() },
    workflowBundle: options.workflowBundle ?? (await workflowBundle()),
    patchActivationCallback: patchActivation(options.activatePatches ?? 'none'),
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
      dataConverter: withReadableArguments(dataConverter),
      interceptors: { activity: [refuseUnreadableArguments] },
      activities: createAr24Activities(options),
      maxTaskQueueActivitiesPerSecond: options.maxCallsPerSecond / CALLS_PER_ACTIVITY,
      maxConcurrentActivityTaskExecutions: callsAtATime(options.maxCallsPerSecond),
      // A cancellation comes as the answer to a heartbeat.
      maxHeartbeatThrottleInterval: CANCELLATION_HEARD_WITHIN_MS,
    });
    return together([...made, calls], temporalAnswers(connection, namespace));
  } catch (error) {
    await Promise.all(made.map(letGo));
    throw error;
  }
}

/** No more than get their turn within a minute: the wait for it is part of a try. */
function callsAtATime(maxCallsPerSecond: number): number {
  return Math.min(CALLS_AT_A_TIME, Math.max(2, Math.floor(maxCallsPerSecond * 60)));
}

/**
 * Only a worker that has run can be shut down, and until then it holds the connection. To run one of
 * these for a moment is harmless: unlike the last it makes no call to AR24, and what it tells the
 * partner may be told twice.
 */
async function letGo(worker: Worker): Promise<void> {
  await worker.runUntil(Promise.resolve());
}

function together(workers: readonly Worker[], answers: () => Promise<boolean>): OnboardingWorker {
  const isRunning = () => workers.every((worker) => worker.getState() === 'RUNNING');
  const shutdown = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  return {
    async run() {
      const runs = workers.map((worker) => worker.run());
      try {
        await Promise.all(runs);
      } finally {
        // One without the other would let senders wait for nothing.
        shutdown();
        await Promise.allSettled(runs);
      }
    },
    shutdown,
    // Looked at again after the answer: it may have been told to stop meanwhile.
    isReady: async () => isRunning() && (await answers()) && isRunning(),
  };
}
