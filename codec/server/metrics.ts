import type { MetricDefinitions } from '../../metrics/definition.ts';
import { CODEC_METRICS } from '../metrics.ts';

export const CODEC_SERVER_METRICS = {
  ...CODEC_METRICS,
  onboarding_codec_request_seconds: {
    type: 'histogram',
    help: 'How long requests to the codec server took, by route and status',
    unit: 'seconds',
    labels: {
      method: { from: 'the methods of HTTP' },
      route: { from: "the codec server's routes, and none" },
      status: { from: 'the statuses of HTTP' },
    },
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5],
  },
} as const satisfies MetricDefinitions;
