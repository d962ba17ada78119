/** What the routes of the API have in common. */
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { problemSchema } from '../problems/schema.ts';

export type Typed = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

type Documented = 400 | 401 | 403 | 404 | 406 | 409 | 413 | 415 | 422 | 429 | 503;

const ALWAYS: readonly Documented[] = [400, 401, 403, 422, 429, 503];

/** The problems that a route may tell, for its documentation. */
export function problemsOf(...more: readonly Documented[]) {
  const statuses = [...new Set([...ALWAYS, ...more])];
  const content = {
    description: 'a problem',
    content: { 'application/problem+json': { schema: problemSchema } },
  };
  return Object.fromEntries(statuses.map((status) => [status, content])) as Readonly<
    Record<Documented, typeof content>
  >;
}

/** In whose name a program acts: the key's, never what it says itself. */
export function actorOf({ apiKey }: Pick<FastifyRequest, 'apiKey'>): string {
  return `api:${apiKey?.name ?? 'unknown'}`;
}
