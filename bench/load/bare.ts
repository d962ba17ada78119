import { fileURLToPath } from 'node:url';
import { WorkflowNotFoundError } from '@temporalio/common';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Worker,
  type WorkflowBundle,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { Ar24Client } from '../../ar24/index.ts';
import type { Claimable } from '../../workflows/contract/index.ts';
import { dataConverter } from '../keys.ts';
import { MAX_CALLS_PER_SECOND, type BenchWorker } from '../worker.ts';
import { callingActivities, emptyActivities, type BareActivities } from './bare-activities.ts';
import { BARE_CALLS_QUEUE, BARE_QUEUE, acceptedSignal, type bare } from './bare-workflow.ts';
import type { Contender, Flow } from './contender.ts';
import type { BenchPeople } from './people.ts';
import type { TemporalUnderLoad } from './temporal.ts';

const WORKFLOW = fileURLToPath(new URL('./bare-workflow.ts', import.meta.url));

const CLAIMS = {
  attached: ['attachment'],
  created: ['email', 'terms'],
} as const satisfies Record<Flow, readonly Claimable[]>;

export function bareBundle(): Promise<WorkflowBundle> {
  return bundleWorkflowCode({ workflowsPath: WORKFLOW, logger: new DefaultLogger('ERROR') });
}

/** The bare workflow without calls to AR24: measures Temporal alone. */
export function bareAndEmpty(temporal: TemporalUnderLoad, bundle: WorkflowBundleOption): Contender {
  const awaited = new Map<string, () => void>();
  const activities = emptyActivities((email) => awaited.get(email)?.());
  return {
    name: 'bare, activities empty',
    startWorker: () => startBareWorker(temporal, bundle, activities),
    start: (flow, reference, email) => startBare(temporal, flow, reference, email),
    acted: (flow, email) =>
      new Promise((resolve) => {
        let left = flow === 'created' ? 2 : 1;
        awaited.set(email, () => {
          if (--left === 0) resolve(CLAIMS[flow]);
        });
      }),
  };
}

/** The bare workflow with the same calls to the simulator as the onboarding. */
export function bareAndCalling(
  temporal: TemporalUnderLoad,
  people: BenchPeople,
  bundle: WorkflowBundleOption,
): Contender {
  const { apiUrl: baseUrl, token, privateKey } = people.simulator;
  const activities = callingActivities(new Ar24Client({ baseUrl, token, privateKey }));
  return {
    name: 'bare, same calls to AR24',
    startWorker: () => startBareWorker(temporal, bundle, activities),
    start: (flow, reference, email) => startBare(temporal, flow, reference, email),
    acted: (_flow, email) => people.acted(email),
  };
}

export async function startBare(
  { client }: TemporalUnderLoad,
  flow: Flow,
  reference: string,
  email: string,
) {
  const handle = await client.workflow.start<typeof bare>('bare', {
    workflowId: `bare/${reference}`,
    taskQueue: BARE_QUEUE,
    args: [flow, email],
  });
  const accept = (claim: Claimable) => handle.signal(acceptedSignal, claim).catch(tooLate);
  return {
    end: () => handle.result(),
    accept: (done: readonly Claimable[]) => Promise.all(done.map(accept)).then(() => undefined),
  };
}

function tooLate(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}

/** Starts two workers with the settings of the real one. */
export async function startBareWorker(
  { native: connection }: Pick<TemporalUnderLoad, 'native'>,
  workflowBundle: WorkflowBundleOption,
  activities: BareActivities,
  maxCachedWorkflows?: number,
): Promise<BenchWorker> {
  const workers = [
    await Worker.create({
      connection,
      dataConverter,
      taskQueue: BARE_QUEUE,
      workflowBundle,
      ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }),
    }),
    await Worker.create({
      connection,
      dataConverter,
      taskQueue: BARE_CALLS_QUEUE,
      activities,
      maxTaskQueueActivitiesPerSecond: MAX_CALLS_PER_SECOND,
      maxConcurrentActivityTaskExecutions: 100,
    }),
  ];
  const runs = workers.map((worker) => worker.run());
  return {
    async stop() {
      for (const worker of workers) worker.shutdown();
      await Promise.all(runs);
    },
  };
}
