/** How long work waits for a worker, from Temporal's task queues alone. */
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { AR24_TASK_QUEUE, TASK_QUEUE } from '../workflows/contract/index.ts';
import { callTemporal } from './temporal-call.ts';

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } =
  proto.temporal.api.enums.v1.TaskQueueType;

/** A process with all its calls in flight polls for no more calls, but still for workflows. */
export const QUEUES = [
  { name: TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_WORKFLOW },
  { name: AR24_TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_ACTIVITY },
] as const;

/**
 * Age in ms of the oldest task of the onboardings or their calls to AR24, including polls. A task that waits
 * for its next attempt is not in a queue.
 *
 * @returns undefined if the server does not report it
 * @throws TemporalUnavailableError
 */
export async function oldestTaskMs(temporal: Client): Promise<number | undefined> {
  const { namespace } = temporal.options;
  const ages = await Promise.all(
    QUEUES.map(async ({ name, taskQueueType }) => {
      const { stats, statsByPriorityKey } = await callTemporal(temporal, () =>
        temporal.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name },
          taskQueueType,
          reportStats: true,
        }),
      );
      const all = [stats, ...Object.values(statsByPriorityKey)];
      return all.flatMap((one) =>
        one?.approximateBacklogAge ? Number(one.approximateBacklogAge.seconds ?? 0) * 1000 : [],
      );
    }),
  );
  if (ages.some((queueAges) => queueAges.length === 0)) return undefined;
  return Math.max(...ages.flat());
}
