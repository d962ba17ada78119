/** Single activities by a real worker and without an onboarding, so that a test can stop them at any point. */
import { afterEach } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import type { DataConverter, RetryPolicy } from '@temporalio/common';
import { temporal as api } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';
import type { Ar24Activities } from '../../activities/index.ts';
import { Ar24Client } from '../../ar24/index.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index.ts';
import { createOnboardingWorker } from '../../worker/index.ts';
import { TASK_QUEUE } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { SETTINGS } from '../support/settings.ts';
import { quietRuntime, timeSkippingServer } from '../support/temporal.ts';
import { dataConverter } from '../support/encryption.ts';

const WORKFLOWS = fileURLToPath(new URL('./workflows/one-call.ts', import.meta.url));
const STARTED = api.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
const SOON_MS = 5_000;
const RETRY: RetryPolicy = { initialInterval: '1 second', maximumInterval: '3 minutes' };

interface CallsOptions {
  readonly simulator?: SimulatorOptions;
  /** Of the first worker. */
  readonly maxCallsPerSecond?: number;
  /** Of the first worker, if it has other keys. */
  readonly converter?: DataConverter;
}

interface Call {
  /** `{ result }`, `{ failure, type, began, ended }` or `{ cancelled }`. */
  readonly end: () => Promise<unknown>;
  readonly cancel: () => Promise<void>;
  /** Resolves once a worker has started it. */
  readonly started: () => Promise<unknown>;
  /** Resolves once it has failed permanently. */
  readonly isOver: () => Promise<unknown>;
  /** Resolves once this many tries have failed. */
  readonly failed: (tries: number) => Promise<unknown>;
}

interface Calls {
  readonly simulator: Simulator;
  /** Skips virtual time. */
  readonly minutes: (minutes: number) => Promise<void>;
  readonly start: <Name extends keyof Ar24Activities>(
    activity: Name,
    input: Parameters<Ar24Activities[Name]>[0],
    retry?: RetryPolicy,
  ) => Promise<Call>;
  readonly startWorker: () => Promise<void>;
  /** Resolves once the worker has shut down. */
  readonly stopWorker: () => Promise<void>;
}

let bundle: Promise<WorkflowBundle> | undefined;
let closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  const last = closing.reverse();
  closing = [];
  for (const close of last) await close();
});

export async function openCalls(options: CallsOptions = {}): Promise<Calls> {
  quietRuntime();
  const temporal = await timeSkippingServer();
  closing.push(() => temporal.teardown());
  const simulator = await startSimulator({ port: 0, ...options.simulator });
  closing.push(() => simulator.stop());
  const { apiUrl: baseUrl, token, privateKey } = simulator;
  let started = 0;
  let stop: () => Promise<void> = () => Promise.resolve();

  async function startWorker(maxCallsPerSecond = 1000, converter = dataConverter): Promise<void> {
    bundle ??= bundleWorkflowCode({ workflowsPath: WORKFLOWS, logger: new DefaultLogger('ERROR') });
    const worker = await createOnboardingWorker({
      dataConverter: converter,
      connection: temporal.nativeConnection,
      namespace: 'default',
      ar24: new Ar24Client({ baseUrl, token, privateKey }),
      settings: SETTINGS,
      maxCallsPerSecond,
      workflowBundle: await bundle,
      // The test server may give tasks to the worker that has just stopped.
      maxCachedWorkflows: 0,
    });
    const run = worker.run();
    stop = async () => {
      stop = () => Promise.resolve();
      worker.shutdown();
      await run;
    };
  }

  await startWorker(options.maxCallsPerSecond, options.converter);
  closing.push(() => stop());
  return {
    simulator,
    minutes: (minutes) => temporal.sleep(minutes * 60_000),
    startWorker: () => startWorker(),
    stopWorker: () => stop(),
    async start(activity, input, retry = RETRY) {
      const handle = await temporal.client.workflow.start('oneCall', {
        workflowId: `call-${++started}`,
        taskQueue: TASK_QUEUE,
        args: [activity, input, retry],
      });
      return {
        async end() {
          await endsSoon(handle);
          return (await handle.result()) as unknown;
        },
        cancel: () => handle.signal('cancelCall'),
        started: () =>
          eventually(
            `${activity} started`,
            async () => (await handle.describe()).raw.pendingActivities,
            (pending) => pending?.[0]?.state === STARTED,
          ),
        isOver: () =>
          eventually(
            `${activity} over`,
            () => handle.fetchHistory(),
            ({ events }) => (events ?? []).some((event) => event.activityTaskFailedEventAttributes),
          ),
        failed: (tries) =>
          eventually(
            `${activity} failed`,
            async () => (await handle.describe()).raw.pendingActivities,
            (pending) => (pending?.[0]?.attempt ?? 0) > tries,
          ),
      };
    },
  };
}

/**
 * Waiting for a result skips virtual time, also past the time-out of a call that waits for its worker. So the call
 * first gets real time in which it can end.
 */
async function endsSoon(handle: WorkflowHandle): Promise<void> {
  const until = Date.now() + SOON_MS;
  while (Date.now() < until) {
    const { status } = await handle.describe();
    if (status.name !== 'RUNNING') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
