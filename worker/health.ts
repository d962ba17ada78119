/** Health checks for an orchestrator: whether the process is alive, and whether it accepts work. */
import fastify from 'fastify';
import type { Registry } from 'prom-client';
import type { OnboardingWorker } from './onboarding-worker.ts';

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `GET /live` (always 200) and `GET /ready` (200 while it polls and Temporal answers, else 503).
 *
 * @param processMetrics served at `GET /metrics`: the SDK's own server has only what its meter records
 * @throws the system's error when the port is taken
 */
export async function serveHealth(
  worker: Pick<OnboardingWorker, 'isReady'>,
  listen: { readonly port: number; readonly host: string },
  processMetrics?: Registry,
): Promise<HealthServer> {
  const app = fastify();
  app.get('/live', () => ({ live: true }));
  app.get('/ready', async (_request, reply) => {
    const ready = await worker.isReady();
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  if (processMetrics !== undefined) {
    app.get('/metrics', async (_request, reply) =>
      reply.type(processMetrics.contentType).send(await processMetrics.metrics()),
    );
  }
  await app.listen(listen);
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : listen.port;
  return { port, close: () => app.close() };
}
