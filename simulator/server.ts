import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { admin } from './admin/plugin.ts';
import { api } from './api/plugin.ts';
import type { Context } from './context.ts';
import { pages } from './mailbox/plugin.ts';
import type { Settings } from './settings/settings.ts';

interface Parts {
  readonly context: Context;
  readonly settings: Settings;
  readonly reset: () => Promise<void>;
  readonly logLevel: string;
}

/** The HTTP server: AR24's API under /api, what is for people and tests beside it. */
export async function buildServer(parts: Parts): Promise<FastifyInstance> {
  const { context, settings, reset, logLevel } = parts;
  const app = Fastify({
    logger: { level: logLevel },
    // Fastify's own lines have the address with its query, and so the token. api/ logs what counts.
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  await app.register(api, { prefix: '/api', context });
  await app.register(
    (scope, _options, done) => {
      admin(scope, { context, settings, reset });
      done();
    },
    { prefix: '/admin' },
  );
  await app.register(pages, { context });
  app.get('/health', () => ({ status: 'ok' }));
  return app;
}
