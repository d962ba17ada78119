import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.ts';

/** To be called before the routes are made; what it answers, after. */
export function otherMethodsOf(app: FastifyInstance): () => void {
  const taken = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = taken.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    taken.set(url, methods);
  });
  return () => {
    for (const [url, methods] of [...taken]) {
      const allow = [...methods].join(', ');
      app.route({
        method: app.supportedMethods.filter((method) => !methods.has(method)),
        url,
        config: { scope: 'any' },
        schema: { hide: true },
        // Before a body is read.
        onRequest: (_request, reply) => {
          reply.header('allow', allow);
          throw new Problem('no-such-method');
        },
        handler: () => undefined,
      });
    }
  };
}
