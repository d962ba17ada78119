/** The metrics of the worker's process. */
import { AR24_METRICS, DELIVERY_METRICS } from '../activities/index.ts';
import { CODEC_METRICS } from '../codec/index.ts';
import type { MetricDefinitions } from '../metrics/definition.ts';
import { PROCESS_METRICS } from '../metrics/process.ts';
import { WORKFLOW_METRICS } from '../workflows/contract/metrics.ts';

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

/** The SDK's own buckets end at a day. */
export function histogramBuckets(): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(WORKER_METRICS).flatMap(([name, { buckets }]) =>
      buckets ? [[name, [...buckets]]] : [],
    ),
  );
}
