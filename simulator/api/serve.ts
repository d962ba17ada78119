import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { misbehaveAfter, misbehaveBefore, sendBody } from '../faults/misbehave.ts';
import type { Route } from '../settings/routes.ts';
import { bodyOf, refused, type Answer, type Body } from './answer.ts';
import { turnedAway, type Credentials } from './authenticate.ts';
import type { DateReuse } from './date-reuse.ts';
import { HANDLERS } from './handlers.ts';
import { messageLanguage, preferredLanguage, type Language } from './language.ts';
import { parametersOf } from './parameters.ts';

/** Serves one of AR24's calls: faults, credentials, effect, answer. */
export function serve(context: Context, route: Route, dates: DateReuse) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    // The date is held against the moment the call came in, however long a fault delays it.
    const arrivedAt = context.now();
    context.records.countCall(route);
    const asked = request.headers['accept-language'];
    const language = messageLanguage(asked, context.switches().defaultLanguage);
    const struck = { context, route, reply, language };
    if (await misbehaveBefore(struck)) return reply;

    const answer = answerOf(context, { route, dates, arrivedAt }, request);
    await context.settled();
    const body = encoded(context, answer, request, language);
    request.log.info({ route, outcome: answer.kind === 'refused' ? answer.slug : 'success' });
    if (!misbehaveAfter(struck, body)) sendBody(reply, body);
    return reply;
  };
}

interface Arrival {
  readonly route: Route;
  readonly dates: DateReuse;
  readonly arrivedAt: Date;
}

function answerOf(context: Context, arrival: Arrival, request: FastifyRequest): Answer {
  const { token, privateKey } = context;
  const { route, dates, arrivedAt } = arrival;
  const credentials = credentialsOf(request);
  const switches = context.switches();
  const gate = { token, privateKey, switches, now: arrivedAt, dates };
  const slug = turnedAway(credentials, gate);
  if (slug !== undefined) return refused(slug);
  const mailLanguage = preferredLanguage(request.headers['accept-language'], ['fr', 'en']) ?? 'fr';
  const { parameters } = credentials;
  return HANDLERS[route]({ context, parameters, now: context.now(), mailLanguage });
}

function encoded(
  context: Context,
  answer: Answer,
  request: FastifyRequest,
  language: Language,
): Body {
  const date = parametersOf(request).get('date');
  // Without a date, which only a legacy token may leave out, there is no key.
  const encrypts = context.switches().encryptSuccesses && date !== undefined;
  return bodyOf(answer, language, encrypts ? { date, privateKey: context.privateKey } : undefined);
}

function credentialsOf(request: FastifyRequest): Credentials {
  const { signature } = request.headers;
  return {
    parameters: parametersOf(request),
    signature: typeof signature === 'string' ? signature.trim() : undefined,
  };
}
