import type { FastifyInstance } from 'fastify';
import type { OnboardingClient } from '../client/index.ts';
import type { TemporalCalls } from './temporal-calls.ts';

export interface HealthOptions {
  readonly onboardings: Pick<OnboardingClient, 'ping'>;
  readonly calls: TemporalCalls;
  /** Aborts when the gateway is about to close. */
  readonly stopping: AbortSignal;
}

/**
 * The probes of an orchestrator. `GET /live` is 200 as long as the process answers. `GET /ready` is 200 as long as
 * Temporal answers too, and the gateway is not about to close.
 *
 * `GET /ready?exclude=temporal` is for a proxy that sends requests to ready gateways only. Without Temporal, no gateway
 * would be ready, and the proxy's own 503 would replace our problem `temporal-unavailable` with its Retry-After. So it
 * needs an answer of Temporal only once: a gateway that was started with wrong settings gets no requests.
 */
export function health(
  app: FastifyInstance,
  { onboardings, calls, stopping }: HealthOptions,
  done: () => void,
): void {
  // Requests at the same time share one ping, so that nobody can cause thousands of them.
  let pending: Promise<boolean> | undefined;
  let wasReady = true;
  let reachedTemporal = false;
  const isReady = (): Promise<boolean> =>
    (pending ??= calls
      .withDeadline(() => onboardings.ping())
      .then(
        () => {
          if (!wasReady) app.log.info('ready again');
          reachedTemporal = true;
          return true;
        },
        (error: unknown) => {
          // Logged once, as an orchestrator probes every few seconds.
          if (wasReady) app.log.warn({ err: error }, 'not ready: Temporal cannot be used');
          return false;
        },
      )
      .then((ready) => (wasReady = ready))
      .finally(() => {
        pending = undefined;
      }));
  app.get('/live', { schema: { hide: true } }, () => ({ live: true }));
  app.get<{ Querystring: { readonly exclude?: unknown } }>(
    '/ready',
    { schema: { hide: true } },
    async ({ query }, reply) => {
      const withoutTemporal = reachedTemporal && query.exclude === 'temporal';
      const ready = !stopping.aborted && (withoutTemporal || (await isReady()));
      return reply.code(ready ? 200 : 503).send({ ready });
    },
  );
  done();
}
