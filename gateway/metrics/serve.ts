/** Metrics have an address of their own: what faces the internet does not tell them. */
import fastify from 'fastify';
import type { Metrics } from './metrics.ts';

/** @throws the system's error where the address cannot be had */
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
