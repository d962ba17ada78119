/** `POST /events/{source}`: sign-up events of the partner's identity provider or other systems. */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InvalidRequestError } from '../../client/index.ts';
import { textIn } from '../../client/schemas/utf8.ts';
import { acceptRawBodies, rawBodyOf } from '../bodies.ts';
import { EVENT_RESULTS, type Metrics } from '../metrics.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { act, type Acting, type Origin } from './act.ts';
import { eventIdIn, faultOf, readEvent, type EventAction, type EventFault } from './read-event.ts';
import { refuseAll } from './signatures/standard-webhooks.ts';
import { REFUSALS, type SignatureRefusal, type SignatureVerdict } from './signatures/verdict.ts';
import type { EventSource } from './sources.ts';

export interface SignUpEventsOptions extends Acting {
  readonly calls: TemporalCalls;
  readonly sources: readonly EventSource[];
  readonly record: Metrics['record'];
}

/** Matches the event types of all providers, and no personal data. */
const TYPE_NAME = /^[A-Za-z][\w.:/-]{0,79}$/;

export function signUpEvents(
  app: FastifyInstance,
  options: SignUpEventsOptions,
  done: () => void,
): void {
  const { record } = options;
  const sources = new Map(options.sources.map((source) => [source.name, source]));
  // Prometheus does not count the first value of a series: without these, a burst from one source would not be seen.
  for (const source of sources.keys()) {
    for (const why of REFUSALS) {
      record('onboarding_gateway_signatures_refused_total', { source, why }, 0);
    }
    for (const result of EVENT_RESULTS) {
      record('onboarding_gateway_events_total', { source, result }, 0);
    }
  }
  // The signature is over the bytes, whatever their content type is.
  acceptRawBodies(app);
  app.post<{ Params: { source: string } }>(
    '/events/:source',
    { schema: { hide: true } },
    async (request, reply) => {
      const source = sources.get(request.params.source);
      const verdict = await verify(request, source);
      if (source === undefined || !verdict.authentic) {
        const why: SignatureRefusal = verdict.authentic ? 'unknown source' : verdict.why;
        const refused = { source: source?.name ?? 'none', why };
        request.log.info(refused, 'an event that is not authentic');
        record('onboarding_gateway_signatures_refused_total', refused);
        throw new HttpProblem('not-authentic');
      }
      const event = eventIn(verdict.signed);
      const eventId = eventIdOf(source, event, verdict.eventId);
      const origin = { by: `event:${source.name}`, eventId };
      return handle(request, reply, source, readEvent(source, event), origin);
    },
  );

  async function handle(
    { log }: FastifyRequest,
    reply: FastifyReply,
    source: EventSource,
    action: EventAction,
    origin: Origin,
  ): Promise<FastifyReply> {
    const logged = { source: source.name, event: action.kind };
    const count = (result: (typeof EVENT_RESULTS)[number]) => {
      record('onboarding_gateway_events_total', { source: source.name, result });
    };
    switch (action.kind) {
      case 'none': {
        const type = TYPE_NAME.test(action.type) ? action.type : 'an odd one';
        log.info({ ...logged, type }, 'an event of a type that is not configured');
        count('ignored');
        return reply.code(204).send();
      }
      case 'without-address':
        log.info(logged, 'an event without an address: ignored');
        count('ignored');
        return reply.code(204).send();
      case 'unusable':
        log.warn({ ...logged, faults: action.faults }, 'an event that cannot be used');
        count('unusable');
        throw unusable(action.faults);
      default:
        try {
          const outcome = await options.calls.startWithDeadline(() => act(options, action, origin));
          log.info({ ...logged, outcome }, 'event accepted');
          count('accepted');
          if ('formFaults' in action) {
            const faults = action.formFaults;
            log.info(
              { ...logged, faults },
              'a registration form that is not used: the person has to fill it in',
            );
          }
          return await reply.code(202).send({});
        } catch (error) {
          if (!(error instanceof InvalidRequestError)) throw error;
          const faults = error.faults.map(({ path, message }) => faultOf(source, path, message));
          log.warn({ ...logged, faults }, 'an event that cannot be used');
          count('unusable');
          // A repetition would have the same address, and the provider's sign-up may wait for the answer.
          if (error.faults.every(({ path }) => path === 'email')) return reply.code(204).send();
          throw unusable(faults);
        }
    }
  }

  done();
}

async function verify(request: FastifyRequest, source?: EventSource): Promise<SignatureVerdict> {
  try {
    return await (source?.verify ?? refuseAll)(request.headers, rawBodyOf(request));
  } catch (error) {
    if (error instanceof HttpProblem) {
      const { code: why, cause } = error;
      request.log.warn(
        { source: source?.name, why, err: cause },
        'an event that could not be verified',
      );
    }
    throw error;
  }
}

/** Other ids are hashed, as their length and content are the provider's. */
const SIMPLE_ID = /^[\w.:-]{1,100}$/;

/** The same for each delivery of an event, and different for each source. */
function eventIdOf(source: EventSource, event: unknown, signed: string): string {
  const id = eventIdIn(source, event) ?? signed;
  const short = SIMPLE_ID.test(id) ? id : createHash('sha256').update(id).digest('hex');
  return `${source.name}/${short}`;
}

function unusable(faults: readonly EventFault[]): HttpProblem {
  return new HttpProblem('unusable-event', {
    errors: faults.map(({ field, message }) => ({ detail: `${field}: ${message}` })),
  });
}

/** @throws NotUtf8Error, Problem */
function eventIn(body: Buffer): unknown {
  const text = textIn(body);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem('malformed-body');
  }
}
