import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { ApiAnswer } from './answer.ts';

/**
 * The parameters of a call, as they were sent. Nothing is trimmed, so that the simulator accepts no text
 * that AR24 would refuse. An empty or blank parameter counts as absent (docs/ar24-api.md 1.2).
 */
export type Parameters = ReadonlyMap<string, string>;

/** Reads the query of a GET, and the form of a POST. */
export function parametersOf(request: FastifyRequest): Parameters {
  const source = request.method === 'GET' ? request.query : request.body;
  const parameters = new Map<string, string>();
  if (typeof source !== 'object' || source === null) return parameters;
  for (const [name, value] of Object.entries(source)) {
    // The last value of a repeated parameter counts. Files are ignored.
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last === 'string' && last.trim() !== '') parameters.set(name, last);
  }
  return parameters;
}

/** A call whose credentials were checked. */
export interface ApiCall {
  readonly context: Context;
  readonly parameters: Parameters;
  readonly now: Date;
  /** The language of mails: from `Accept-Language`, else French. */
  readonly mailLanguage: 'fr' | 'en';
}

/** Carries out a call synchronously, so that no two calls interleave. */
export type Handler = (call: ApiCall) => ApiAnswer;
