import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { misbehaveAfter, misbehaveBefore, sendBody } from '../faults/misbehave.ts';
import type { Route } from '../settings/faults.ts';
import { bodyOf, refused, type ApiAnswer, type Body } from './answer.ts';
import { refusalSlug, type Credentials, type DateReuse } from './authenticate.ts';
import { HANDLERS } from './handlers.ts';
import { messageLanguage, preferredLanguage, type ApiLanguage } from './language.ts';
import { parametersOf } from './call.ts';

/** Serves one of AR24's routes: faults, then credentials, then the effect, then the answer. */
export function serve(context: Context, route: Route, dates: DateReuse) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    // `date` is compared with the arrival of the call, however long a fault delays it.
    const arrivedAt = context.now();
    context.records.countCall(route);
    const acceptLanguage = request.headers['accept-language'];
    const language = messageLanguage(acceptLanguage, context.switches().defaultLanguage);
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

function answerOf(context: Context, arrival: Arrival, request: FastifyRequest): ApiAnswer {
  const { token, privateKey } = context;
  const { route, dates, arrivedAt } = arrival;
  const credentials = credentialsOf(request);
  const switches = context.switches();
  const expected = { token, privateKey, switches, now: arrivedAt, dates };
  const slug = refusalSlug(credentials, expected);
  if (slug !== undefined) return refused(slug);
  const mailLanguage = preferredLanguage(request.headers['accept-language'], ['fr', 'en']) ?? 'fr';
  const { parameters } = credentials;
  return HANDLERS[route]({ context, parameters, now: context.now(), mailLanguage });
}

function encoded(
  context: Context,
  answer: ApiAnswer,
  request: FastifyRequest,
  language: ApiLanguage,
): Body {
  const date = parametersOf(request).get('date');
  // The key is derived from the date. Only a legacy token may omit the date.
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
