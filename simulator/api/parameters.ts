import type { FastifyRequest } from 'fastify';

/**
 * The parameters of a call, as they were sent: nothing is trimmed, so that what is taken here is
 * taken there. An empty one, or one of blanks, counts as absent (docs/ar24-api.md 1.2).
 */
export type Parameters = ReadonlyMap<string, string>;

/** From the query of a GET, from the form of a POST; nowhere else. */
export function parametersOf(request: FastifyRequest): Parameters {
  const source = request.method === 'GET' ? request.query : request.body;
  const parameters = new Map<string, string>();
  if (typeof source !== 'object' || source === null) return parameters;
  for (const [name, value] of Object.entries(source)) {
    // Of a parameter that comes twice the last counts; files are none.
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last === 'string' && last.trim() !== '') parameters.set(name, last);
  }
  return parameters;
}
