import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What Prometheus reads of the gateway. No label comes from outside. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  /** AR24's webhooks that came from an address that is not let in. */
  readonly webhooksRefused: Counter;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: 'onboarding_gateway_request_seconds',
      help: 'How long requests took, by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    }),
    webhooksRefused: new Counter({
      name: 'onboarding_gateway_webhooks_refused_total',
      help: "AR24's webhooks from an address that is not let in",
      registers: [registry],
    }),
  };
}
