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
 */
export function health(
  app: FastifyInstance,
  { onboardings, calls, stopping }: HealthOptions,
  done: () => void,
): void {
  // Requests at the same time share one ping, so that nobody can cause thousands of them.
  let pending: Promise<boolean> | undefined;
  let wasReady = true;
  const isReady = (): Promise<boolean> =>
    (pending ??= calls
      .withDeadline(() => onboardings.ping())
      .then(
        () => {
          if (!wasReady) app.log.info('ready again');
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
  app.get('/ready', { schema: { hide: true } }, async (_request, reply) => {
    const ready = !stopping.aborted && (await isReady());
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  done();
}
