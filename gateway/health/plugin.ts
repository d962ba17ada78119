import type { FastifyInstance } from 'fastify';
import type { OnboardingClient } from '../../client/index.ts';
import { inTime } from '../in-time.ts';

/** What an orchestrator asks: `GET /live` is 200 as long as the process answers, `GET /ready` while Temporal does. */
export function health(
  app: FastifyInstance,
  { onboardings }: { readonly onboardings: Pick<OnboardingClient, 'ping'> },
  done: () => void,
): void {
  // Whoever asks at the same time has the same answer: nobody can have Temporal asked by the thousand.
  let asked: Promise<boolean> | undefined;
  let wasReady = true;
  const isReady = (): Promise<boolean> =>
    (asked ??= inTime(() => onboardings.ping())
      .then(
        () => {
          if (!wasReady) app.log.info('ready again');
          return true;
        },
        (error: unknown) => {
          // Once: an orchestrator asks every few seconds.
          if (wasReady) app.log.warn({ err: error }, 'not ready: Temporal cannot be used');
          return false;
        },
      )
      .then((ready) => (wasReady = ready))
      .finally(() => {
        asked = undefined;
      }));
  app.get('/live', { schema: { hide: true } }, () => ({ live: true }));
  app.get('/ready', { schema: { hide: true } }, async (_request, reply) => {
    const ready = await isReady();
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  done();
}
