/** Streams an onboarding as it changes, as server-sent events. */
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { OnboardingClient, SenderView } from '../../client/index.ts';
import { untilAborted } from '../../client/races.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { problemsOf, type TypedServer } from './routes.ts';
import { referenceParams } from './schemas/requests.ts';
import { viewSchema } from './schemas/view.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

/** No stream stays open for ever, not even if its client has stopped reading. */
const LONGEST_MS = 3_600_000;
/** Of one key, in this process: each stream is a connection, and polls Temporal. */
const MOST_STREAMS = 100;
const TRY_AGAIN_S = 60;

interface Following {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
}

export function following(app: TypedServer, { onboardings, calls }: Following): void {
  const streamsOf = new Map<string, number>();
  const closing = new AbortController();
  app.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  app.get(
    '/onboardings/:reference/events',
    {
      config: { scope: 'read' },
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
          'onboarding ends. The `id` names the run and the version. Compare it for equality only, as a reset of the ' +
          'onboarding in Temporal sets the version back. A stream begins with the current view, whatever ' +
          '`Last-Event-ID` says. A change that only Temporal knows of has no `id`: for example, no worker ' +
          'answers, or the onboarding is stuck. A read of AR24 that shows nothing new is no change. A ' +
          'stream lasts an hour at most: then reconnect. For many onboardings use notifications, as a key ' +
          'has at most 100 streams.',
        tags: ['onboardings'],
        params: referenceParams,
        response: {
          200: {
            description: 'a stream that ends with the onboarding',
            content: { 'text/event-stream': { schema: viewSchema } },
          },
          ...problemsOf(404, 406),
        },
      },
    },
    async ({ params: { reference }, apiKey, log }, reply) => {
      const leave = enter(apiKey?.name ?? '');
      try {
        // The stream calls Temporal until it ends, so the connection has to stay open until then.
        await calls.track(stream(reference, reply));
      } catch (error) {
        if (!reply.raw.headersSent) throw error;
        // The stream has begun. The client reconnects, and then gets the failure as a problem.
        log.warn({ err: error }, 'a stream of events was cut off');
      } finally {
        leave();
      }
    },
  );

  /** @returns ends the stream's count. @throws HttpProblem if the key has too many streams */
  function enter(key: string): () => void {
    const open = streamsOf.get(key) ?? 0;
    if (open >= MOST_STREAMS)
      throw new HttpProblem('too-many-streams', { retryAfter: TRY_AGAIN_S });
    streamsOf.set(key, open + 1);
    return () => {
      streamsOf.set(key, (streamsOf.get(key) ?? 1) - 1);
    };
  }

  async function stream(reference: Reference, reply: FastifyReply): Promise<void> {
    const signal = AbortSignal.any([
      goneSignal(reply),
      AbortSignal.timeout(LONGEST_MS),
      closing.signal,
    ]);
    // Before the stream begins, so that an unknown reference is a 404.
    await calls.withDeadline(() => onboardings.view(reference));
    const changes = createChanges();
    for await (const view of onboardings.follow(reference, { signal })) {
      const change = changes.next(view);
      if (change !== undefined) await sent(reply, change, signal);
    }
  }
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
  readonly id?: string;
}

/** Turns the views of one stream into its events: each change once, and each id once. */
function createChanges() {
  let before: string | undefined;
  let lastId: string | undefined;
  return {
    /** Undefined if the view differs only in when AR24 was last read. */
    next(view: SenderView): Change | undefined {
      const data = viewSchema.parse(view);
      const { lastRead: _read, ...compared } = data;
      const now = JSON.stringify(compared);
      if (now === before) return undefined;
      before = now;
      const event = 'onboarding.updated';
      const id = view.partial ? lastId : `${view.runId}-${view.version}`;
      if (id === undefined || id === lastId) return { event, data };
      lastId = id;
      return { event, data, id };
    },
  };
}
