import type { FastifyInstance, FastifyRequest } from 'fastify';
import { strictly } from '../../client/schemas/unknown-fields.ts';
import { HttpProblem, type FieldProblem } from '../problems/problem.ts';

const NOTHING = strictly({});

/**
 * Refuses query parameters and fields of a body on routes that have no schema for them: those with a schema refuse
 * unknown ones themselves. An absent body counts as an empty object, so that a missing field is named.
 */
export function refuseSurplus(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, next) => {
    const { schema } = request.routeOptions;
    const errors = [
      ...(schema?.querystring === undefined ? surplusIn(request, 'query') : []),
      ...(schema?.body === undefined ? surplusIn(request, 'body') : []),
    ];
    if (errors.length > 0) throw new HttpProblem('invalid-request', { errors });
    if (schema?.body !== undefined) request.body ??= {};
    next();
  });
}

function surplusIn(request: FastifyRequest, where: 'body' | 'query'): readonly FieldProblem[] {
  const parsed = NOTHING.safeParse(request[where] ?? {}, { reportInput: false });
  const place = where === 'body' ? { pointer: '' } : { parameter: '' };
  return (parsed.error?.issues ?? []).map(({ message }) => ({ ...place, detail: message }));
}
