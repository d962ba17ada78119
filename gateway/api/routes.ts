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

const fieldProblem = z
  .object({
    pointer: z.string().optional().meta({
      description: 'a JSON pointer into the body',
      example: '/registration/zipcode',
    }),
    parameter: z.string().optional().meta({
      description: 'a parameter of the path, the query or a header',
      example: 'limit',
    }),
    detail: z.string().meta({
      description: 'what is wrong; never the value',
      example: 'is not a French postcode, which has 5 digits',
    }),
  })
  .meta({ id: 'FieldProblem', description: 'an invalid field, and what is wrong with it' });

/** A problem as RFC 9457 has it, with a code for programs. */
const problemSchema = z
  .object({
    type: z.string().meta({
      description: 'the address that explains this kind of problem',
      example: 'https://onboarding.example.org/problems/open-differs',
    }),
    title: z.string().meta({
      description: 'the kind of problem, for people',
      example: PROBLEMS['open-differs'].title,
    }),
    status: z.int32().meta({ description: 'the HTTP status', example: 409, format: 'int32' }),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]).meta({
      id: 'ProblemCode',
      description: `stable: decide on this.\n\n${listed(codes())}`,
    }),
    detail: z.string().meta({
      description: 'a sentence that helps a person',
      example: 'It was not changed.',
    }),
    instance: z.string().meta({
      description: 'the id with which the request was logged',
      example: '6f9619ff-8b86-4d01-b42d-00c04fc964ff',
    }),
    errors: z.array(fieldProblem).optional().meta({ description: 'each invalid field' }),
    differs: z
      .array(z.string())
      .optional()
      .meta({
        description: 'with `open-differs`: the fields in which the open onboarding differs',
        example: ['emailVerified', 'registration.city'],
      }),
    scope: z.string().optional().meta({
      description: 'with `forbidden`: the scope that is needed',
      example: 'operate',
    }),
    updateId: z.string().optional().meta({
      description:
        'with `no-worker` and `temporal-unavailable`: the `Idempotency-Key` to repeat it with',
      example: '0b0ef7c1-61b1-4a34-9c3b-3bd2ce1b6b4b',
    }),
  })
  .meta({ id: 'Problem', description: 'a failure (RFC 9457)' });

/** The problems that every route may answer with. */
const ALWAYS = [
  'invalid-request',
  'impossible-value',
  'malformed-body',
  'unauthorised',
  'forbidden',
  'too-many-requests',
  'unexpected',
  'temporal-unavailable',
] as const satisfies readonly ProblemCode[];

/** The problems of a body, in addition. */
export const OF_A_BODY = ['too-large', 'unsupported-media-type'] as const;

/** The problems that a route may answer with, for its documentation: each status with its codes. */
export function problemsOf<Code extends ProblemCode = never>(...more: readonly Code[]) {
  const own: readonly ProblemCode[] = [...ALWAYS, ...more];
  const ofRoute = codes().filter((code) => own.includes(code));
  const statuses = [...new Set(ofRoute.map((code) => PROBLEMS[code].status))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: listed(ofRoute.filter((code) => PROBLEMS[code].status === status)),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  ) as Readonly<
    Record<
      (typeof PROBLEMS)[Code | (typeof ALWAYS)[number]]['status'],
      {
        readonly description: string;
        readonly content: {
          readonly 'application/problem+json': { readonly schema: typeof problemSchema };
        };
      }
    >
  >;
}

function codes(): readonly ProblemCode[] {
  return Object.keys(PROBLEMS) as readonly ProblemCode[];
}

function listed(all: readonly ProblemCode[]): string {
  return all
    .map((code) => `- \`${code}\`: ${PROBLEMS[code].title}. ${PROBLEMS[code].help}`)
    .join('\n');
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
