/** The metrics of the worker's process. */
import type { MetricMeter } from '@temporalio/common';
import { AR24_METRICS, DELIVERY_METRICS } from '../activities/index.ts';
import { CODEC_METRICS } from '../codec/index.ts';
import type { MetricDefinitions } from '../metrics/definition.ts';
import { PROCESS_METRICS } from '../metrics/process.ts';
import { processRecorder } from '../metrics/sdk.ts';
import { WORKFLOW_METRICS } from '../workflows/contract/metrics.ts';
import {
  NOTIFICATIONS_WORKFLOW_TYPE,
  TASK_QUEUE,
  WORKFLOW_TYPE,
} from '../workflows/contract/names.ts';

export const PATCH_METRICS = {
  onboarding_patch_active: {
    type: 'gauge',
    help: "1 if a patch of the workflow's code is active in this worker, else 0; from the first onboarding that reaches it",
    unit: '0 or 1',
    labels: { patch: { from: "the patches of this version's code" } },
  },
} as const satisfies MetricDefinitions;

/** All that a worker exports beside the SDK's own. */
export const WORKER_METRICS: MetricDefinitions = {
  ...WORKFLOW_METRICS,
  ...AR24_METRICS,
  ...DELIVERY_METRICS,
  ...CODEC_METRICS,
  ...PATCH_METRICS,
  ...PROCESS_METRICS,
};

/** Has the counters of workflows begin at 0, with the labels that the SDK adds to them. */
export function workflowCountersAtZero(meter: MetricMeter, namespace: string): void {
  const { onboarding_notifications_total, ...ofOnboardings } = WORKFLOW_METRICS;
  const ofNotifications = { onboarding_notifications_total };
  for (const [workflowType, definitions] of [
    [WORKFLOW_TYPE, ofOnboardings],
    [NOTIFICATIONS_WORKFLOW_TYPE, ofNotifications],
  ] as const) {
    processRecorder(
      meter.withTags({ namespace, taskQueue: TASK_QUEUE, workflowType }),
      definitions,
    );
  }
}

/** The SDK's own buckets end at a day. */
export function histogramBuckets(): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(WORKER_METRICS).flatMap(([name, { buckets }]) =>
      buckets ? [[name, [...buckets]]] : [],
    ),
  );
}
