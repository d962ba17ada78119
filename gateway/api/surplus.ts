import type { FastifyInstance } from 'fastify';
import { strictly } from '../../client/schemas/unknown-fields.ts';
import { unknownParameters } from '../problems/as-problem.ts';
import { HttpProblem, type FieldProblem } from '../problems/problem.ts';

const NOTHING = strictly({});

/**
 * Refuses query parameters and fields of a body on routes that have no schema for them: those with a schema refuse
 * unknown ones themselves. An absent body counts as an empty object, so that a missing field is named.
 */
export function refuseSurplus(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, next) => {
    const { schema, config } = request.routeOptions;
    const query = config.streamToken ? withoutToken(request.query) : request.query;
    const errors = [
      ...(schema?.querystring === undefined ? surplusIn('query', query) : []),
      ...(schema?.body === undefined ? surplusIn('body', request.body) : []),
    ];
    if (errors.length > 0) throw new HttpProblem('invalid-request', { errors });
    if (schema?.body !== undefined && request.body === undefined) request.body = {};
    next();
  });
}

/** It is no parameter of the route, but takes the place of a key. */
function withoutToken(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  return Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'token'));
}

function surplusIn(where: 'body' | 'query', given: unknown): readonly FieldProblem[] {
  const parsed = NOTHING.safeParse(given ?? {}, { reportInput: false });
  return (parsed.error?.issues ?? []).flatMap((issue) => {
    const isOfQuery = where === 'query' && issue.code === 'unrecognized_keys';
    return isOfQuery
      ? unknownParameters(issue.keys, issue.message)
      : [{ pointer: '', detail: issue.message }];
  });
}
