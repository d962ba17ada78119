import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Metrics } from './metrics.ts';

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
