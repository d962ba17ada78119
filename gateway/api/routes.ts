/** Shared by the routes of the API. */
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RequestWarning } from '../../client/index.ts';
import { pointerOf } from '../problems/as-problem.ts';
import { PROBLEMS, type ProblemCode } from '../problems/codes.ts';

export type TypedServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** A problem as RFC 9457 has it, with a code for programs. */
const problemSchema = z
  .object({
    type: z.string().meta({ description: 'the address that explains this kind of problem' }),
    title: z.string(),
    status: z.int(),
    code: z
      .enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]])
      .meta({ description: 'stable: decide on this' }),
    detail: z.string().meta({ description: 'a sentence that helps a person' }),
    instance: z.string().meta({ description: 'the id with which the request was logged' }),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional(),
          parameter: z.string().optional(),
          detail: z.string(),
        }),
      )
      .optional(),
    differs: z.array(z.string()).optional(),
    scope: z.string().optional(),
    updateId: z.string().optional(),
  })
  .meta({ id: 'Problem' });

type Documented = 400 | 401 | 403 | 404 | 406 | 409 | 413 | 415 | 422 | 429 | 503;

const ALWAYS: readonly Documented[] = [400, 401, 403, 422, 429, 503];

/** The problems that a route may answer with, for its documentation. */
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

/** Warnings with pointers into the body. The reference is not in the body, so its pointer is empty. */
export function describeWarnings(warnings: readonly RequestWarning[]) {
  return warnings.map(({ path, rule, message }) => ({
    pointer: path === 'reference' ? '' : pointerOf(path),
    rule,
    detail: path === 'reference' ? `reference: ${message}` : message,
  }));
}

/** The actor of a request is its key, whatever the request says. */
export function actorOf({ apiKey }: Pick<FastifyRequest, 'apiKey'>): string {
  return `api:${apiKey?.name ?? 'unknown'}`;
}
