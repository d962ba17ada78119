/** `POST /events/{source}`: what a partner's identity provider, or his own systems, tell of sign-ups. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InvalidRequestError } from '../../client/index.ts';
import { inTime } from '../in-time.ts';
import { Problem } from '../problems/problem.ts';
import { rawBodyOf, takeRawBodies } from '../raw-body.ts';
import { act, type Acting } from './act.ts';
import { faultOf, readEvent, type Deed, type EventFault } from './read-event.ts';
import { eventIdOf, refuseAll } from './secrets.ts';
import type { EventSource } from './sources.ts';

export interface SignUpEventsOptions extends Acting {
  readonly sources: readonly EventSource[];
}

/** More than all the names that anybody's events have, and nothing that a person is called. */
const TYPE_NAME = /^[A-Za-z][\w.:/-]{0,79}$/;

export function signUpEvents(
  app: FastifyInstance,
  options: SignUpEventsOptions,
  done: () => void,
): void {
  const sources = new Map(options.sources.map((source) => [source.name, source]));
  // A signature is of the bytes, whatever they are called.
  takeRawBodies(app);
  app.post<{ Params: { source: string } }>(
    '/events/:source',
    { schema: { hide: true } },
    async (request, reply) => {
      const source = sources.get(request.params.source);
      const body = rawBodyOf(request);
      const isAuthentic = (source?.verify ?? refuseAll)(request.headers, body);
      if (source === undefined || !isAuthentic) {
        request.log.info({ source: source?.name ?? 'none' }, 'an event that is not authentic');
        throw new Problem('not-authentic');
      }
      return take(request, reply, source, readEvent(source, eventIn(body)));
    },
  );

  async function take(
    { log, headers }: FastifyRequest,
    reply: FastifyReply,
    source: EventSource,
    deed: Deed,
  ): Promise<FastifyReply> {
    const told = { source: source.name, event: deed.kind };
    switch (deed.kind) {
      case 'none': {
        const type = TYPE_NAME.test(deed.type) ? deed.type : 'an odd one';
        log.info({ ...told, type }, 'an event of a type that is not configured');
        return reply.code(204).send();
      }
      case 'unusable':
        log.warn({ ...told, faults: deed.faults }, 'an event that cannot be used');
        throw unusable(deed.faults);
      default:
        try {
          // No source can speak of another's.
          const eventId = `${source.name}/${eventIdOf(headers)}`;
          const said = { by: `event:${source.name}`, eventId };
          const outcome = await inTime(() => act(options, deed, said));
          log.info({ ...told, outcome }, 'event taken');
          return await reply.code(202).send({});
        } catch (error) {
          if (!(error instanceof InvalidRequestError)) throw error;
          const faults = error.faults.map(({ path, message }) => faultOf(source, path, message));
          log.warn({ ...told, faults }, 'an event that cannot be used');
          throw unusable(faults);
        }
    }
  }

  done();
}

function unusable(faults: readonly EventFault[]): Problem {
  return new Problem('unusable-event', {
    errors: faults.map(({ field, message }) => ({ detail: `${field}: ${message}` })),
  });
}

function eventIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Problem('malformed-body');
  }
}
