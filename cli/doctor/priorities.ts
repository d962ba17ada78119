/**
 * Whether the server follows priorities. No call returns that setting, but the counts of a queue show it: a
 * server that follows priorities counts a waiting task under its own priority, others under 3, the middle.
 * So one task is put into a queue without a worker, counted, and deleted.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { PRIORITY } from '../../workflows/contract/index.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

const { TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;

const PROBE = 'sender-onboarding-doctor';
const TURN_ON = 'matching.useNewMatcher';
/** The server updates its counts about every second. */
const READ_EVERY_MS = 500;
const CLOUD = /\.(tmprl\.cloud|temporal\.io)(:\d+)?$/;

/** @param withinMs after which it is given up */
export async function checkPriorities(
  temporal: Client,
  address: string,
  withinMs: number,
): Promise<Finding> {
  if (CLOUD.test(address)) return ok('Temporal Cloud follows them');
  const queue = `${PROBE}-${randomUUID()}`;
  const probe = await temporal.workflow.start(PROBE, {
    workflowId: queue,
    taskQueue: queue,
    args: [],
    priority: { priorityKey: PRIORITY.poll },
    workflowExecutionTimeout: 2 * withinMs,
  });
  try {
    return findingOn(await priorityCounted(temporal, queue, performance.now() + withinMs));
  } finally {
    const { namespace } = temporal.options;
    const workflowExecution = { workflowId: probe.workflowId };
    await temporal.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
  }
}

/** Undefined where the server has no counts. */
async function priorityCounted(
  temporal: Client,
  queue: string,
  giveUpAt: number,
): Promise<string | undefined> {
  while (performance.now() < giveUpAt) {
    await pause(READ_EVERY_MS);
    const { statsByPriorityKey } = await temporal.workflowService.describeTaskQueue({
      namespace: temporal.options.namespace,
      taskQueue: { name: queue },
      taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
      reportStats: true,
    });
    for (const [key, stats] of Object.entries(statsByPriorityKey)) {
      if (Number(stats.approximateBacklogCount ?? 0) > 0) return key;
    }
  }
  return undefined;
}

function findingOn(counted: string | undefined): Finding {
  if (counted === String(PRIORITY.poll)) return ok('on: sign-ups go before imports and polls');
  if (counted === undefined) {
    return warning(
      'it is not known whether the server follows priorities',
      `Servers 1.29 and 1.30 need ${TURN_ON}: true in their dynamic configuration; older ones know no priorities.`,
    );
  }
  return failed(
    'off: a sign-up waits behind every import and poll',
    `Set ${TURN_ON}: true in the server's dynamic configuration (deploy/temporal/dynamicconfig.yaml).`,
  );
}
