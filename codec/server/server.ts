/** The HTTP server that the routes hang in. */
import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { EncryptionCodec } from '../encryption-codec.ts';
import type { KeyRing } from '../encryption-key.ts';
import { admitted, pathOf, type Admission } from './admission.ts';
import { coding } from './coding.ts';
import { onlyFromTheUi } from './origin.ts';
import { Refusal, refusalFor, REFUSALS } from './refusals.ts';

/** What Temporal takes in one message; a payload of 2 MiB, its most, is less in base64. */
const BODY_LIMIT = 4 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const MOST_CONNECTIONS = 500;
/** From one address, which may be a proxy's. The UI asks once for each value that it shows: hundreds a page. */
const MOST_REQUESTS_A_MINUTE = 30_000;

export interface CodecServerOptions {
  readonly keys: KeyRing;
  readonly admission: Admission;
  /** Of Temporal's UI: no other pages may call. */
  readonly origins: readonly string[];
  /** Gets no address of a request, as one may hold the secret, and no body. */
  readonly logger: FastifyBaseLogger;
}

export async function buildCodecServer(options: CodecServerOptions): Promise<FastifyInstance> {
  const { keys, admission, origins, logger } = options;
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => {
      refuse(refusalFor(error), reply);
    },
  });
  app.server.maxConnections = MOST_CONNECTIONS;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // JSON only: pages may send text anywhere without asking.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('cache-control', 'no-store');
    if (request.is404) throw new Refusal('no-such-route');
    next();
  });
  app.addHook('onResponse', ({ method, routeOptions, log }, { statusCode, elapsedTime }, done) => {
    const route = routeOptions.url ?? 'none';
    log.info({ method, route, status: statusCode, ms: Math.round(elapsedTime) }, 'done');
    done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalFor(error);
    if (refusal.code === 'unexpected') request.log.error({ err: error }, 'unexpected');
    return refuse(refusal, reply);
  });
  app.setNotFoundHandler((_request, reply) => refuse(new Refusal('no-such-route'), reply));
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] }, useDefaults: false },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(rateLimit, { max: MOST_REQUESTS_A_MINUTE, timeWindow: '1 minute' });
  await app.register(onlyFromTheUi, { origins });
  app.get('/live', () => ({ live: true }));
  await app.register(
    async (guarded) => {
      await guarded.register(admitted, { admission });
      await guarded.register(coding, { codec: new EncryptionCodec(keys) });
    },
    { prefix: pathOf(admission) },
  );
  return app;
}

function refuse({ code, message }: Refusal, reply: FastifyReply): FastifyReply {
  if (code === 'unauthorised') reply.header('www-authenticate', 'Bearer');
  return reply
    .code(REFUSALS[code].status)
    .header('cache-control', 'no-store')
    .type('application/json')
    .serializer(JSON.stringify)
    .send({ code, message });
}
