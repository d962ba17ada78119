/** How long work waits for a worker, from Temporal's task queues alone. */
import type { Client } from '@temporalio/client';
import proto, { type temporal as api } from '@temporalio/proto';
import {
  AR24_TASK_QUEUE,
  NOTIFY_TASK_QUEUE,
  PRIORITY,
  TASK_QUEUE,
} from '../workflows/contract/index.ts';
import { callTemporal } from './temporal-call.ts';

type Stats = api.api.taskqueue.v1.ITaskQueueStats;

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } =
  proto.temporal.api.enums.v1.TaskQueueType;

/** A process with all its calls in flight polls for no more calls, but still for workflows. */
export const QUEUES = [
  { name: TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_WORKFLOW },
  { name: AR24_TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_ACTIVITY },
] as const;

/** Ages in ms of the oldest tasks. A task that waits for its next attempt is not in a queue. */
export interface Backlog {
  /** Of onboardings, or of their calls to AR24 except polls. */
  readonly oldestTaskMs: number;
  /** How late the oldest waiting poll is. Polls go last, so only they wait for long while AR24's rate limit is too low. */
  readonly oldestPollMs: number;
}

/**
 * @returns undefined if the server does not report it
 * @throws TemporalUnavailableError
 */
export async function readBacklog(temporal: Client): Promise<Backlog | undefined> {
  const queues = await Promise.all(QUEUES.map((queue) => agesIn(temporal, queue)));
  if (!queues.every(isReported)) return undefined;
  return {
    oldestTaskMs: Math.max(0, ...queues.flatMap(({ tasks }) => tasks)),
    oldestPollMs: Math.max(0, ...queues.flatMap(({ polls }) => polls)),
  };
}

/**
 * The age of the oldest notification that waits for a worker, in ms. It says nothing about onboardings.
 *
 * @returns undefined if the server does not report it
 * @throws TemporalUnavailableError
 */
export async function oldestNotificationMs(temporal: Client): Promise<number | undefined> {
  const queue = { name: NOTIFY_TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_ACTIVITY };
  const ages = await agesIn(temporal, queue);
  return isReported(ages) ? Math.max(0, ...ages.tasks) : undefined;
}

interface Queue {
  readonly name: string;
  readonly taskQueueType: api.api.enums.v1.TaskQueueType;
}

interface Ages {
  readonly tasks: readonly number[];
  readonly polls: readonly number[];
}

async function agesIn(temporal: Client, { name, taskQueueType }: Queue): Promise<Ages> {
  const { stats, statsByPriorityKey } = await callTemporal(temporal, () =>
    temporal.workflowService.describeTaskQueue({
      namespace: temporal.options.namespace,
      taskQueue: { name },
      taskQueueType,
      reportStats: true,
    }),
  );
  const byPriority = Object.entries(statsByPriorityKey);
  const agesOf = (isOfPolls: boolean) =>
    byPriority
      .filter(([priority]) => (Number(priority) === PRIORITY.poll) === isOfPolls)
      .flatMap(([, one]) => ageOf(one));
  // Servers that know no priorities report all tasks together.
  return byPriority.length > 0
    ? { tasks: agesOf(false), polls: agesOf(true) }
    : { tasks: ageOf(stats), polls: [] };
}

function isReported({ tasks, polls }: Ages): boolean {
  return tasks.length + polls.length > 0;
}

function ageOf(stats: Stats | null | undefined): readonly number[] {
  const age = stats?.approximateBacklogAge;
  return age ? [Number(age.seconds ?? 0) * 1000] : [];
}
