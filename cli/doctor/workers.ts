import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { AR24_TASK_QUEUE, NOTIFY_TASK_QUEUE, TASK_QUEUE } from '../../workflows/contract/index.ts';
import { failed, ok, type Finding } from './finding.ts';

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } =
  proto.temporal.api.enums.v1.TaskQueueType;

const QUEUES = [
  { name: TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_WORKFLOW, work: 'onboardings' },
  { name: AR24_TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_ACTIVITY, work: 'calls to AR24' },
  { name: NOTIFY_TASK_QUEUE, taskQueueType: TASK_QUEUE_TYPE_ACTIVITY, work: 'notifications' },
] as const;

/** A worker asks anew each minute at the latest; the server remembers it for five. */
const GONE_AFTER_MS = 120_000;

export async function checkWorkers(temporal: Client): Promise<Finding> {
  const queues = await Promise.all(
    QUEUES.map(async ({ name, taskQueueType, work }) => {
      const { pollers } = await temporal.workflowService.describeTaskQueue({
        namespace: temporal.options.namespace,
        taskQueue: { name },
        taskQueueType,
      });
      const present = pollers.filter(
        ({ lastAccessTime }) =>
          Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < GONE_AFTER_MS,
      );
      return { name, work, count: present.length };
    }),
  );
  const found = queues.map(({ work, count }) => `${work}: ${workers(count)}`).join('; ');
  const idle = queues.filter(({ count }) => count === 0);
  if (idle.length === 0) return ok(found);
  return failed(
    found,
    `Nothing moves on ${idle.map(({ name }) => name).join(' and ')} until one runs: \`onboard worker\`, or \`npm start\`.`,
  );
}

function workers(count: number): string {
  if (count === 0) return 'no worker';
  return count === 1 ? '1 worker' : `${count} workers`;
}
