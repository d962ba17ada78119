/** The HTTP server, with all its parts. */
import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { fastifySSE } from '@fastify/sse';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { RequestCounts } from '../codec/request-counts.ts';
import { partnersApi } from './api/plugin.ts';
import { ar24Webhooks } from './ar24-webhooks/plugin.ts';
import { acceptForms, acceptJson } from './bodies.ts';
import { signUpEvents } from './events/plugin.ts';
import { health } from './health.ts';
import { InFlight } from './in-flight.ts';
import { createLinks } from './links/links.ts';
import { createStreamTokens } from './links/stream-tokens.ts';
import { createMailBudget } from './mail-budget.ts';
import { measured, type Metrics } from './metrics.ts';
import { openapi } from './openapi/plugin.ts';
import type { GatewayOptions } from './options.ts';
import { createCompanyLookUp } from './page/company/look-up.ts';
import { createKeptForms } from './page/form/kept-form.ts';
import { senderPage } from './page/plugin.ts';
import { HttpProblem } from './problems/problem.ts';
import { handleFrameworkError, problems } from './problems/plugin.ts';
import { TemporalCalls } from './temporal-calls.ts';

/** Forms, events and webhooks are much smaller. */
const BODY_LIMIT = 64 * 1024;
/** Links to the sender's page are long. */
const MAX_PARAM_LENGTH = 3_000;
/** In which a request has to arrive. A slow one holds only a connection. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * The log holds no URL of a request, as some contain a secret or a link.
 *
 * @param stopping aborts at the beginning of the grace period, in which the gateway still serves
 */
export async function buildServer(
  options: GatewayOptions,
  metrics: Metrics,
  stopping: AbortSignal,
): Promise<FastifyInstance> {
  const { onboardings, publicUrl, logger } = options;
  const { record } = metrics;
  const loggerInstance: FastifyBaseLogger = logger;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    forceCloseConnections: true,
    frameworkErrors: handleFrameworkError({ publicUrl }),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true },
  });
  if (options.tracing) await app.register(options.tracing);
  const requests = new InFlight();
  app.addHook('onRequest', (_request, { raw }, next) => {
    // The response is closed also if the client has gone, for which Fastify runs no hook.
    void requests.track(
      new Promise<void>((resolve) => {
        raw.once('close', resolve);
      }),
    );
    next();
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  acceptJson(app);
  acceptForms(app);
  // Before the body is read.
  app.addHook('onRequest', (request, _reply, next) => {
    if (request.is404) throw new HttpProblem('no-such-route');
    next();
  });
  app.addHook('onResponse', (request, reply, done) => {
    // The route instead of the URL, which may contain a secret or personal data.
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
  // Most answers are about a person, so caches may store only those that set a header of their own.
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('cache-control', 'no-store');
    next();
  });
  app.addHook('onSend', async (_request, reply) => {
    // The client then opens a new connection, to another gateway.
    if (stopping.aborted) void reply.header('connection', 'close');
  });
  const calls = new TemporalCalls(onboardings, options.temporalTimeoutMs, () => {
    record('onboarding_gateway_temporal_unavailable_total', {});
  });
  // The connection to Temporal is closed after the gateway.
  app.addHook('onClose', () => calls.ended());
  await app.register(problems, { publicUrl });
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] }, useDefaults: false },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    // Only the partner knows whether their other subdomains support TLS.
    strictTransportSecurity: { includeSubDomains: options.hstsSubdomains },
  });
  await app.register(rateLimit, { global: false, store: RequestCounts });
  // Its default export is the same, but has no types under this module resolution.
  await app.register(fp(fastifySSE));
  await app.register(measured, { record });
  await app.register(openapi, { publicUrl });

  const budgetOf = (door: 'api' | 'event' | 'page') =>
    createMailBudget({
      onboardings,
      perDay: options.mailsPerAddressAndDay,
      onRefused: () => {
        record('onboarding_gateway_mail_budget_refused_total', { door });
      },
    });
  const links = createLinks({
    keys: options.linkKeys,
    publicUrl,
    days: options.linkDays,
    returnHosts: options.returnHosts,
  });
  await app.register(health, { onboardings, calls, stopping });
  await app.register(partnersApi, {
    onboardings,
    calls,
    record,
    budget: budgetOf('api'),
    links,
    streamTokens: createStreamTokens({ keys: options.linkKeys, apiKeys: options.apiKeys }),
    publicUrl,
    keys: options.apiKeys,
    callsPerSecond: options.callsPerKeyAndSecond,
  });
  await app.register(signUpEvents, {
    onboardings,
    calls,
    record,
    budget: budgetOf('event'),
    sources: options.sources,
  });
  await app.register(ar24Webhooks, {
    onboardings,
    calls,
    record,
    ...options.ar24Webhooks,
  });
  const { partner } = options;
  const keptForms = createKeptForms({ linkKeys: options.linkKeys, publicUrl });
  const lookUp = options.companyLookUp && createCompanyLookUp(options.companyLookUp);
  const { verifiedAddress } = options;
  const page = { onboardings, calls, record, links, keptForms, lookUp, partner, publicUrl };
  await app.register(senderPage, { ...page, verifiedAddress, budget: budgetOf('page') });
  // Registered last, as the earlier hooks end the streams.
  await app.register((last, _options, done) => {
    last.addHook('preClose', () => requests.settled());
    done();
  });
  return app;
}
