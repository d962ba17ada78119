/** All metrics of our own, by the process that exports them: docs/metrics.md lists these, and running processes are held against them. */
import { CODEC_METRICS } from '../../codec/index.ts';
import { CODEC_SERVER_METRICS } from '../../codec/server/index.ts';
import { EXPORTER_METRICS } from '../../cli/exporter/metrics.ts';
import { GATEWAY_METRICS } from '../../gateway/index.ts';
import type { MetricDefinitions } from '../../metrics/definition.ts';
import { BUILD_METRICS, PROCESS_METRICS } from '../../metrics/process.ts';
import { WORKER_METRICS } from '../../worker/index.ts';

export const PROCESSES = {
  worker: WORKER_METRICS,
  gateway: { ...GATEWAY_METRICS, ...CODEC_METRICS, ...PROCESS_METRICS },
  codec: { ...CODEC_SERVER_METRICS, ...BUILD_METRICS },
  exporter: { ...EXPORTER_METRICS, ...PROCESS_METRICS },
} as const satisfies Readonly<Record<string, MetricDefinitions>>;

export type ProcessName = keyof typeof PROCESSES;
