/** The HTTP server that all parts hang in. */
import { randomUUID } from 'node:crypto';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { fastifySSE } from '@fastify/sse';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { partnersApi } from './api/plugin.ts';
import { ar24Webhooks } from './ar24-webhooks/plugin.ts';
import { createMailBudget } from './budget/mail-budget.ts';
import { signUpEvents } from './events/plugin.ts';
import { health } from './health/plugin.ts';
import { createLinks } from './links/links.ts';
import { measured } from './metrics/plugin.ts';
import type { Metrics } from './metrics/metrics.ts';
import { openapi } from './openapi/plugin.ts';
import type { GatewayOptions } from './options.ts';
import { senderPage } from './page/plugin.ts';
import { Problem } from './problems/problem.ts';
import { problems, tellFrameworkError } from './problems/plugin.ts';
import { allEnded } from './under-way.ts';

/** No form, event or webhook is near that. */
const BODY_LIMIT = 64 * 1024;
/** Links to the sender's page are long. */
const MAX_PARAM_LENGTH = 2_000;
/** What one request may take to arrive: a slow one holds a connection only. */
const REQUEST_TIMEOUT_MS = 30_000;

/** @param loggerInstance redacts; gets no address of a request, as secrets and links are in some */
export async function buildServer(
  options: GatewayOptions,
  metrics: Metrics,
): Promise<FastifyInstance> {
  const { onboardings, publicUrl, logger } = options;
  const loggerInstance: FastifyBaseLogger = logger;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    forceCloseConnections: true,
    frameworkErrors: tellFrameworkError({ publicUrl }),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Many clients say that it is JSON also where there is nothing to say.
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null);
    else void parseJson(request, body.toString(), done);
  });
  // Before a body is read that nobody wants.
  app.addHook('onRequest', (request, _reply, next) => {
    if (request.is404) throw new Problem('no-such-route');
    next();
  });
  app.addHook('onResponse', (request, reply, done) => {
    // The route, not its address: that may be a secret, or hold what it should not.
    const { method, routeOptions } = request;
    const { statusCode, elapsedTime } = reply;
    const by = request.apiKey?.name;
    const route = routeOptions.url ?? 'none';
    request.log.info(
      { method, route, status: statusCode, ms: Math.round(elapsedTime), by },
      'done',
    );
    done();
  });
  // Who closes the gateway closes the connection to Temporal next.
  app.addHook('onClose', allEnded);
  await app.register(problems, { publicUrl });
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] }, useDefaults: false },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
  await app.register(rateLimit, { global: false });
  await app.register(formbody);
  // Its default export says the same, in a way that TypeScript does not read.
  await app.register(fp(fastifySSE));
  await app.register(measured, { metrics });
  await app.register(openapi, { publicUrl });

  const budget = createMailBudget({ onboardings, perDay: options.mailsPerAddressAndDay });
  const links = createLinks({ keys: options.linkKeys, publicUrl, days: options.linkDays });
  await app.register(health, { onboardings });
  await app.register(partnersApi, {
    onboardings,
    budget,
    links,
    publicUrl,
    keys: options.apiKeys,
    callsPerSecond: options.callsPerKeyAndSecond,
  });
  await app.register(signUpEvents, { onboardings, budget, sources: options.sources });
  await app.register(ar24Webhooks, {
    onboardings,
    ...options.ar24Webhooks,
    refused: () => {
      metrics.webhooksRefused.inc();
    },
  });
  const { partner } = options;
  await app.register(senderPage, { onboardings, links, budget, partner, publicUrl });
  return app;
}
