/**
 * Whether the server heeds priorities. It does not tell its settings, but how it queues: a task that
 * nobody takes is counted under its own priority by a server that heeds them, else under 3, the
 * middle. So one task is queued where nobody looks, counted, and deleted.
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
/** The server counts anew about every second. */
const BETWEEN_LOOKS_MS = 500;
const CLOUD = /\.(tmprl\.cloud|temporal\.io)(:\d+)?$/;

/** @param withinMs after which it is given up */
export async function checkPriorities(
  temporal: Client,
  address: string,
  withinMs: number,
): Promise<Finding> {
  if (CLOUD.test(address)) return ok('heeded by Temporal Cloud');
  const queue = `${PROBE}-${randomUUID()}`;
  const probe = await temporal.workflow.start(PROBE, {
    workflowId: queue,
    taskQueue: queue,
    args: [],
    priority: { priorityKey: PRIORITY.poll },
    workflowExecutionTimeout: 2 * withinMs,
  });
  try {
    return told(await priorityCounted(temporal, queue, Date.now() + withinMs));
  } finally {
    const { namespace } = temporal.options;
    const workflowExecution = { workflowId: probe.workflowId };
    await temporal.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
  }
}

/** Undefined where the server does not tell. */
async function priorityCounted(
  temporal: Client,
  queue: string,
  giveUpAt: number,
): Promise<string | undefined> {
  while (Date.now() < giveUpAt) {
    await pause(BETWEEN_LOOKS_MS);
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

function told(counted: string | undefined): Finding {
  if (counted === String(PRIORITY.poll)) return ok('heeded: sign-ups go before imports and polls');
  if (counted === undefined) {
    return warning(
      'whether the server heeds priorities could not be found out',
      `Server 1.29 needs ${TURN_ON}: true in its dynamic configuration; older ones know no priorities.`,
    );
  }
  return failed(
    'not heeded: a sign-up waits behind every import and poll',
    `Set ${TURN_ON}: true in the server's dynamic configuration (deploy/temporal/dynamicconfig.yaml).`,
  );
}
