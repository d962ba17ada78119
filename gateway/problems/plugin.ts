/** Answers every failure of the gateway with a problem (RFC 9457). */
import type {
  FastifyBaseLogger,
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
} from 'fastify';
import fp from 'fastify-plugin';
import { TemporalUnavailableError } from '../../client/index.ts';
import { asProblem } from './as-problem.ts';
import { PROBLEMS } from './codes.ts';
import { HttpProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** For parts that answer themselves if Temporal is unavailable. */
    readonly outages: Outages;
  }
}

const PROBLEM_JSON = 'application/problem+json';
/** Each request fails during an outage, mostly for the same reason. */
const LOGGED_EVERY_MS = 60_000;

export interface Outages {
  /** Logs why Temporal cannot be used, at most once a minute. Ignores other errors. */
  log(logger: Pick<FastifyBaseLogger, 'warn'>, error: unknown): void;
}

export interface ProblemsOptions {
  /** The address that callers use. */
  readonly publicUrl: string;
}

/** Unexpected errors are logged. */
export const problems = fp((app: FastifyInstance, { publicUrl }: ProblemsOptions, done) => {
  const outages = createOutages();
  app.decorate('outages', outages);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    outages.log(request.log, error instanceof HttpProblem ? error.cause : error);
    const problem = asProblem(error, request.method === 'GET' ? 'query' : 'body');
    if (problem.code === 'unexpected') request.log.error({ err: error }, 'unexpected');
    return send(problem, publicUrl, request, reply);
  });
  app.setNotFoundHandler((request, reply) =>
    send(new HttpProblem('no-such-route'), publicUrl, request, reply),
  );
  app.get('/problems', { schema: { hide: true } }, () => explained(publicUrl));
  app.get<{ Params: { code: string } }>(
    '/problems/:code',
    { schema: { hide: true } },
    ({ params }) => {
      const found = explained(publicUrl).find(({ code }) => code === params.code);
      if (found === undefined) throw new HttpProblem('no-such-route');
      return found;
    },
  );
  done();
});

/** For requests that fastify refuses before it runs a hook. The answer repeats nothing of the URL. */
export function handleFrameworkError({ publicUrl }: ProblemsOptions) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    send(asProblem(error), publicUrl, request, reply);
  };
}

function send(
  problem: HttpProblem,
  publicUrl: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { code, status, message, detail, errors, retryAfter, members } = problem;
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (code === 'unauthorised') reply.header('www-authenticate', 'Bearer');
  const body = {
    type: `${publicUrl}/problems/${code}`,
    title: message,
    status,
    code,
    detail,
    instance: request.id,
    errors,
    ...members,
  };
  // The schema of the route describes its other answers, so it is not used.
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_JSON)
    .serializer(JSON.stringify)
    .send(body);
}

function createOutages(): Outages {
  let loggedAt = -Infinity;
  let unlogged = 0;
  return {
    log(logger, error) {
      if (!(error instanceof TemporalUnavailableError)) return;
      if (performance.now() - loggedAt < LOGGED_EVERY_MS) {
        unlogged += 1;
        return;
      }
      logger.warn({ err: error, unloggedBefore: unlogged }, 'Temporal cannot be used');
      loggedAt = performance.now();
      unlogged = 0;
    },
  };
}

function explained(publicUrl: string) {
  return Object.entries(PROBLEMS).map(([code, { status, title, help }]) => ({
    type: `${publicUrl}/problems/${code}`,
    code,
    status,
    title,
    help,
  }));
}
