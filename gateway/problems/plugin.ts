import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { asProblem } from './as-problem.ts';
import { PROBLEMS, type ProblemCode } from './codes.ts';
import { createOutages, type Outages } from './outages.ts';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** For parts that answer by themselves where Temporal is away. */
    readonly outages: Outages;
  }
}

const PROBLEM_JSON = 'application/problem+json';

export interface ProblemsOptions {
  /** Where the gateway is found from outside. */
  readonly publicUrl: string;
}

/** Every failure, in whatever part, is told as a problem; what nobody foresaw is logged. */
export const problems = fp((app: FastifyInstance, { publicUrl }: ProblemsOptions, done) => {
  const outages = createOutages();
  app.decorate('outages', outages);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    outages.tell(request.log, error instanceof Problem ? error.cause : error);
    const problem = asProblem(error, request.method === 'GET' ? 'query' : 'body');
    if (problem.code === 'unexpected') request.log.error({ err: error }, 'unexpected');
    return tell(problem, publicUrl, request, reply);
  });
  app.setNotFoundHandler((request, reply) =>
    tell(new Problem('no-such-route'), publicUrl, request, reply),
  );
  app.get('/problems', { schema: { hide: true } }, () => explained(publicUrl));
  app.get<{ Params: { code: string } }>(
    '/problems/:code',
    { schema: { hide: true } },
    ({ params }) => {
      const found = explained(publicUrl).find(({ code }) => code === params.code);
      if (found === undefined) throw new Problem('no-such-route');
      return found;
    },
  );
  done();
});

/** What the framework refuses before any part has it. @throws nothing; nothing of the address is repeated */
export function tellFrameworkError({ publicUrl }: ProblemsOptions) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    tell(asProblem(error), publicUrl, request, reply);
  };
}

function tell(
  problem: Problem,
  publicUrl: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { code, status, message, detail, errors, retryAfter, members } = problem;
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (code === 'unauthorised') reply.header('www-authenticate', 'Bearer');
  const body = {
    type: typeOf(code, publicUrl),
    title: message,
    status,
    code,
    detail,
    instance: request.id,
    errors,
    ...members,
  };
  // Not by the route's schema, which is about its answers.
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_JSON)
    .serializer(JSON.stringify)
    .send(body);
}

function typeOf(code: ProblemCode, publicUrl: string): string {
  return `${publicUrl}/problems/${code}`;
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
