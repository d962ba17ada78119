/** Streams an onboarding as it changes, as server-sent events. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { OnboardingClient, SenderView } from '../../client/index.ts';
import { untilAborted } from '../../client/races.ts';
import type { Metrics } from '../metrics.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { StreamCounts, type Follower } from './stream-counts.ts';
import { problemsOf, type TypedServer } from './routes.ts';
import { referenceParams } from './schemas/requests.ts';
import { viewSchema } from './schemas/view.ts';

/** No stream stays open for ever, not even if its client has stopped reading. */
const LONGEST_MS = 3_600_000;
/** After which a client reconnects. */
const RETRY_MS = 3_000;

interface Following {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
  readonly record: Metrics['record'];
}

const lastEventId = z.object({
  'last-event-id': z.string().max(200).optional().meta({
    description: 'the `id` of the last event that the client got; `EventSource` sends it',
    example: 'q0C3Vb1mXyY7yV9m3rQeRg',
  }),
});

const streamSchema = z.string().meta({
  description:
    'server-sent events, not JSON. Each `data` is one line of JSON, an `Onboarding`; `event` is `onboarding.updated`',
  example:
    'retry: 3000\n\nid: q0C3Vb1mXyY7yV9m3rQeRg\nevent: onboarding.updated\ndata: {"reference":"customer-42",…}\n\n',
});

export function following(app: TypedServer, { onboardings, calls, record }: Following): void {
  const streams = new StreamCounts((open) => {
    record('onboarding_gateway_streams_open', {}, open);
  });
  const closing = new AbortController();
  app.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  app.get(
    '/onboardings/:reference/events',
    {
      config: { scope: 'read', streamToken: true },
      sse: 'only',
      // The library's own answer to other `Accept` headers is no problem document.
      preSerialization: (_request, reply, payload, done) => {
        const isPlain = reply.getHeader('content-type')?.toString().startsWith('application/json');
        if (reply.statusCode === 406 && isPlain) throw new HttpProblem('not-acceptable');
        done(null, payload);
      },
      // A HEAD request would stay open as long as the stream.
      exposeHeadRoute: false,
      schema: {
        operationId: 'followOnboarding',
        summary: 'Follow an onboarding',
        description:
          'Server-sent events: `onboarding.updated` with the view, now and after each change, until the ' +
          'onboarding ends. The `id` names the state: with `Last-Event-ID` a stream does not send again what the client ' +
          'has, and answers 204 if the onboarding has ended so, after which `EventSource` does not ' +
          'reconnect. A read of AR24 that shows nothing new is no change, nor is it that no worker runs. A stream lasts an ' +
          'hour at most: then reconnect. For many onboardings use notifications, as a key has at most 100 streams. A browser sends ' +
          '`token` in the query instead of a key (`POST …/stream-tokens`); its streams end with the token. Browsers have at most ' +
          'ten streams of one onboarding, and 1,000 by the tokens of one key. After 429 or 503 an `EventSource` does not ' +
          'reconnect: create another one after a while.',
        tags: ['onboardings'],
        security: [{ key: [] }, { streamToken: [] }],
        params: referenceParams,
        headers: lastEventId,
        response: {
          200: {
            description: 'a stream that ends with the onboarding',
            content: { 'text/event-stream': { schema: streamSchema } },
          },
          204: z.undefined().meta({
            description: 'it has ended, and `Last-Event-ID` is the last event: do not reconnect',
          }),
          ...problemsOf('onboarding-not-found', 'not-acceptable', 'too-many-streams'),
        },
      },
    },
    async (request, reply) => {
      const leave = streams.enter(request);
      try {
        // The stream calls Temporal until it ends, so the connection has to stay open until then.
        await calls.track(stream(request, reply));
      } catch (error) {
        if (!reply.raw.headersSent) throw error;
        // The stream has begun. The client reconnects, and then gets the failure as a problem.
        request.log.warn({ err: error }, 'a stream of events was cut off');
      } finally {
        leave();
      }
    },
  );

  async function stream(request: FollowRequest, reply: FastifyReply): Promise<void> {
    const { reference } = request.params;
    const longestMs = Math.min(LONGEST_MS, request.streamToken?.validForMs ?? Infinity);
    const signal = AbortSignal.any([
      goneSignal(reply),
      AbortSignal.timeout(longestMs),
      closing.signal,
    ]);
    const changes = createChanges(request.headers['last-event-id']);
    // Before the stream begins, so that an unknown reference is a 404.
    const first = await calls.withDeadline(() =>
      onboardings.view(reference, { queries: 'after-changes' }),
    );
    if (first.outcome !== null && changes.isKnown(first)) {
      await reply.code(204).send();
      return;
    }
    reply.sse.sendHeaders();
    reply.raw.write(`retry: ${RETRY_MS}\n\n`);
    for await (const view of onboardings.follow(reference, { signal })) {
      const change = changes.next(view);
      if (change !== undefined) await sent(reply, change, signal);
    }
  }
}

interface FollowRequest extends Follower {
  readonly headers: { readonly 'last-event-id'?: string | undefined };
}

/** Aborts when the connection is closed, or at once if it already is. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  if (raw.destroyed) return AbortSignal.abort();
  const gone = new AbortController();
  raw.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}

/** Resolves once the message is sent, or the stream has ended: a client that does not read delays only itself. */
async function sent(
  { raw, sse }: FastifyReply,
  message: Change,
  signal: AbortSignal,
): Promise<void> {
  try {
    await untilAborted(signal, sse.send(message));
  } catch (error) {
    if (!signal.aborted) throw error;
    raw.destroy();
  }
}

interface Change {
  readonly event: 'onboarding.updated';
  readonly data: z.output<typeof viewSchema>;
  readonly id: string;
}

/**
 * Turns the views of one stream into its events: each change once.
 *
 * @param lastId of the event that the client got last, also from an earlier stream
 */
function createChanges(lastId: string | undefined) {
  let last: { readonly id: string | undefined; readonly data?: Change['data'] } = { id: lastId };
  return {
    isKnown: (view: SenderView): boolean => changeTo(view).id === last.id,
    /** Undefined if the view differs only in when AR24 was last read, or in what nobody knows without a worker. */
    next(view: SenderView): Change | undefined {
      const change = changeTo(view);
      if (change.id === last.id || isLess(change.data, last.data)) return undefined;
      last = change;
      return change;
    },
  };
}

/** Whether it is a partial view that contradicts nothing in the whole one before. */
function isLess(data: Change['data'], before: Change['data'] | undefined): boolean {
  if (!data.partial || before === undefined || before.partial) return false;
  // Temporal's time of the start is not exactly the workflow's.
  const { partial: _partial, startedAt: _startedAt, ...known } = data;
  return isDeepStrictEqual({ ...before, ...known }, before);
}

function changeTo(view: SenderView): Change {
  const data = viewSchema.parse(view);
  const { lastRead: _read, ...compared } = data;
  const state = JSON.stringify([view.runId, compared]);
  const id = createHash('sha256').update(state).digest('base64url').slice(0, 22);
  return { event: 'onboarding.updated', data, id };
}
