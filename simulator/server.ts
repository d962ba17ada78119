import { isIP } from 'node:net';
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { admin } from './admin/plugin.ts';
import { api } from './api/plugin.ts';
import type { Context } from './context.ts';
import { pages } from './mailbox/plugin.ts';
import type { SimulatorSettings } from './settings/settings.ts';

interface Parts {
  readonly context: Context;
  readonly settings: SimulatorSettings;
  readonly reset: () => Promise<void>;
  readonly logLevel: string;
  readonly names: Names;
}

/** The HTTP server: AR24's API under /api, pages for people at /, and admin routes for tests at /admin. */
export async function buildServer(parts: Parts): Promise<FastifyInstance> {
  const { context, settings, reset, logLevel, names } = parts;
  const app = Fastify({
    logger: { level: logLevel },
    // Fastify's own log lines contain the query, and so the token. api/serve.ts logs each call instead.
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  app.addHook('onRequest', refuseForeignHosts(names));
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

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
/** Container names, as in `http://simulator:8424`. */
const WITHOUT_DOT = /^[a-z0-9_-]+$/i;

interface Names {
  /** The address that the simulator listens on. */
  readonly host: string;
  /** The base address that people use. */
  readonly publicUrl: string;
}

/**
 * Refuses requests with a foreign Host header. A web page whose domain was made to resolve to this machine
 * (DNS rebinding) could otherwise read the mailbox. Such a page has a domain with a dot: names without a
 * dot and IP addresses are safe.
 */
function refuseForeignHosts({ host, publicUrl }: Names) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (isExpected(request, host, publicUrl)) return;
    await reply
      .code(421)
      .type('text/plain; charset=utf-8')
      .send(
        'The Host header does not name this simulator. If it should: onboard simulator ' +
          '--public-url http://NAME\n',
      );
  };
}

function isExpected({ headers, socket }: FastifyRequest, host: string, publicUrl: string): boolean {
  const requested = headers.host?.toLowerCase() ?? '';
  if (publicUrl !== '' && requested === new URL(publicUrl).host) return true;
  const name = requested.replace(/:\d*$/, '');
  if (LOOPBACK.includes(host) || host === '::1') {
    const port = socket.localPort ?? 0;
    return LOOPBACK.some(
      (one) => requested === `${one}:${port}` || (port === 80 && requested === one),
    );
  }
  const bare = name.replace(/^\[(.*)\]$/, '$1');
  return name === host.toLowerCase() || isIP(bare) !== 0 || WITHOUT_DOT.test(name);
}
