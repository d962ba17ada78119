import type { MetricDefinitions } from './definition.ts';

/** Of every process of ours. */
export const BUILD_METRICS = {
  onboarding_build_info: {
    type: 'gauge',
    help: 'Always 1: the version of this process and of Node, and the build of a worker with a version',
    unit: 'always 1',
    labels: {
      version: { from: 'package.json' },
      node: { from: 'the version of Node' },
      build_id: { from: 'TEMPORAL_WORKER_BUILD_ID, or none' },
    },
  },
} as const satisfies MetricDefinitions;

/** Of the processes that connect to Temporal: all but the codec server. */
export const PROCESS_METRICS = {
  ...BUILD_METRICS,
  onboarding_tls_certificate_expiry_timestamp_seconds: {
    type: 'gauge',
    help: "When a certificate of the connection to Temporal ends: ours, or the server's. Only with TLS",
    unit: 'seconds since 1970',
    labels: { of: ['temporal-client', 'temporal-server'] },
  },
} as const satisfies MetricDefinitions;
