/** The HTTP server of the codec, with its routes. */
import { randomUUID } from 'node:crypto';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
} from 'fastify';
import fp from 'fastify-plugin';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { EncryptionCodec } from '../encryption-codec.ts';
import type { KeyRing } from '../encryption-key.ts';
import type { Recorder } from '../../metrics/definition.ts';
import { codecObserver } from '../metrics.ts';
import { RequestCounts } from '../request-counts.ts';
import { admitted, pathOf, type Admission } from './admission.ts';
import { coding } from './coding.ts';
import type { CODEC_SERVER_METRICS } from './metrics.ts';
import { CodecRefusal, refusalFor, REFUSALS } from './refusals.ts';

/** Temporal's limit of a message. A payload of 2 MiB, its limit, is smaller in base64. */
const BODY_LIMIT = 4 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const MOST_CONNECTIONS = 500;
/** From one address, which may be a proxy. The UI sends a request for each value that it shows: hundreds a page. */
const MOST_REQUESTS_A_MINUTE = 30_000;

/** Browsers repeat their preflight request after so many seconds. */
const PREFLIGHT_MAX_AGE_S = 600;

export interface CodecServerOptions {
  readonly keys: KeyRing;
  readonly admission: Admission;
  /**
   * The origins of Temporal's UI, such as `https://temporal.example.org`. Other pages may not call. It is read at each
   * request, so that origins may be added later.
   */
  readonly origins: readonly string[];
  /** Each request and payload is recorded here. Default: nowhere. */
  readonly record?: Recorder<typeof CODEC_SERVER_METRICS> | undefined;
  /** Logs no URL of a request, as it may contain the secret, and no body. */
  readonly logger: FastifyBaseLogger;
}

export async function buildCodecServer(options: CodecServerOptions): Promise<FastifyInstance> {
  const { keys, admission, origins, logger, record = () => undefined } = options;
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    // Temporal's UI and CLI append `/decode` also to an endpoint that ends with a slash.
    routerOptions: { ignoreDuplicateSlashes: true, ignoreTrailingSlash: true },
    frameworkErrors: (error, _request, reply) => {
      refuse(refusalFor(error), reply);
    },
  });
  app.server.maxConnections = MOST_CONNECTIONS;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // JSON only: browsers send text without a preflight request.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('cache-control', 'no-store');
    if (request.is404) throw new CodecRefusal('no-such-route');
    next();
  });
  app.addHook('onResponse', ({ method, routeOptions, log }, { statusCode, elapsedTime }, done) => {
    const route = routeOptions.url ?? 'none';
    log.info({ method, route, status: statusCode, ms: Math.round(elapsedTime) }, 'done');
    const labels = { method, route, status: String(statusCode) };
    record('onboarding_codec_request_seconds', labels, elapsedTime / 1_000);
    done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalFor(error);
    if (refusal.code === 'unexpected') request.log.error({ err: error }, 'unexpected');
    return refuse(refusal, reply);
  });
  app.setNotFoundHandler((_request, reply) => refuse(new CodecRefusal('no-such-route'), reply));
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] }, useDefaults: false },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: { includeSubDomains: false },
  });
  await app.register(rateLimit, {
    max: MOST_REQUESTS_A_MINUTE,
    timeWindow: '1 minute',
    store: RequestCounts,
  });
  await app.register(onlyFromTheUi, { origins });
  app.get('/live', () => ({ live: true }));
  await app.register(
    async (guarded) => {
      await guarded.register(admitted, { admission });
      const codec = new EncryptionCodec(keys, codecObserver(record, logger));
      await guarded.register(coding, { codec });
    },
    { prefix: pathOf(admission) },
  );
  return app;
}

/**
 * Refuses pages of other origins. CORS alone would only keep them from reading the answers. Requests without an origin
 * are from programs, such as Temporal's CLI.
 */
const onlyFromTheUi = fp(
  async (app: FastifyInstance, { origins }: Pick<CodecServerOptions, 'origins'>) => {
    app.addHook('onRequest', ({ headers }, _reply, next) => {
      const { origin } = headers;
      if (origin !== undefined && !origins.includes(origin))
        throw new CodecRefusal('origin-refused');
      next();
    });
    await app.register(cors, {
      origin: (origin, answer) => {
        answer(null, origin !== undefined && origins.includes(origin));
      },
      methods: ['POST'],
      allowedHeaders: ['content-type', 'authorization', 'authorization-extras', 'x-namespace'],
      // The UI can be configured to send cookies (TEMPORAL_CODEC_INCLUDE_CREDENTIALS), for a proxy in front.
      credentials: true,
      maxAge: PREFLIGHT_MAX_AGE_S,
    });
  },
);

function refuse({ code, message }: CodecRefusal, reply: FastifyReply): FastifyReply {
  if (code === 'unauthorised') reply.header('www-authenticate', 'Bearer');
  return reply
    .code(REFUSALS[code].status)
    .header('cache-control', 'no-store')
    .type('application/json')
    .serializer(JSON.stringify)
    .send({ code, message });
}
