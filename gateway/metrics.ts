/** The metrics of the gateway. No label holds a value that a caller chose. */
import fastify, { type FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  /** AR24's webhooks from an address that is not allowed. */
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
      help: "AR24's webhooks from an address that is not allowed",
      registers: [registry],
    }),
  };
}

/** Measures every request. */
export const measured = fp(
  (app: FastifyInstance, { metrics }: { readonly metrics: Metrics }, done) => {
    app.addHook('onResponse', ({ method, routeOptions }, { statusCode, elapsedTime }, next) => {
      const route = routeOptions.url ?? 'none';
      metrics.requests.observe({ method, route, status: String(statusCode) }, elapsedTime / 1_000);
      next();
    });
    done();
  },
);

/**
 * Serves the metrics at an address of their own, so that the internet cannot read them.
 *
 * @returns closes the server
 * @throws the system's error if the address cannot be used
 */
export async function serveMetrics(
  { registry }: Metrics,
  listen: { readonly host: string; readonly port: number },
): Promise<() => Promise<void>> {
  const app = fastify({ forceCloseConnections: true });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  await app.listen(listen);
  return () => app.close();
}
