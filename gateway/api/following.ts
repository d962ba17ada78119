import type { FastifyReply } from 'fastify';
import type { OnboardingClient, SenderView } from '../../client/index.ts';
import { inTime } from '../in-time.ts';
import { Problem } from '../problems/problem.ts';
import { problemsOf, type Typed } from './routes.ts';
import { referenceParams } from './schemas/requests.ts';
import { viewSchema } from './schemas/view.ts';
import { createStreams } from './streams.ts';

/** Nobody's connection is held for ever, not that of who has stopped to read either. */
const LONGEST_MS = 3_600_000;

/** An onboarding as it changes. */
export function following(
  app: Typed,
  { onboardings }: { readonly onboardings: OnboardingClient },
): void {
  const streams = createStreams();
  const closing = new AbortController();
  app.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  // Who closes the gateway closes the connection to Temporal next: nothing may be asked of it then.
  app.addHook('onClose', () => streams.ended());
  app.get(
    '/onboardings/:reference/events',
    {
      config: { scope: 'read' },
      sse: 'only',
      // What the library says to who wants no events is not yet a problem as the others are.
      preSerialization: (_request, reply, payload, done) => {
        const isPlain = reply.getHeader('content-type')?.toString().startsWith('application/json');
        if (reply.statusCode === 406 && isPlain) throw new Problem('not-acceptable');
        done(null, payload);
      },
      // It would be held as long as the stream itself.
      exposeHeadRoute: false,
      schema: {
        operationId: 'followOnboarding',
        summary: 'Follow an onboarding',
        description:
          'Server-sent events: `onboarding.updated` with the view, now and after each change, until the ' +
          'end. `id` is its version. A stream lasts an hour at most: come back then. For many ' +
          'onboardings take notifications: a key has a hundred streams.',
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
      const leave = streams.open(apiKey?.name ?? '');
      const signal = AbortSignal.any([
        goneSignal(reply),
        AbortSignal.timeout(LONGEST_MS),
        closing.signal,
      ]);
      try {
        // Before the stream begins, so that an unknown one is a 404.
        await inTime(() => onboardings.view(reference));
        for await (const view of onboardings.follow(reference, { signal })) {
          await sent(reply, updated(view), signal);
        }
      } catch (error) {
        if (!reply.raw.headersSent) throw error;
        // The stream has begun: who reads it comes back, and meets the failure as a problem.
        log.warn({ err: error }, 'a stream of events was cut off');
      } finally {
        leave();
      }
    },
  );
}

/** Aborts when the connection is closed, and has already where that was before. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  if (raw.destroyed) return AbortSignal.abort();
  const gone = new AbortController();
  raw.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}

/** Resolves once it is on its way, which it never is to who does not read; or with the stream's end. */
async function sent(
  { raw, sse }: FastifyReply,
  message: ReturnType<typeof updated>,
  signal: AbortSignal,
): Promise<void> {
  const over = Promise.withResolvers<'over'>();
  const end = (): void => {
    over.resolve('over');
  };
  signal.addEventListener('abort', end);
  try {
    const isOver = await Promise.race([over.promise, sse.send(message)]);
    if (isOver === 'over') raw.destroy();
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function updated(view: SenderView) {
  const data = viewSchema.parse(view);
  const id = view.partial ? {} : { id: String(view.version) };
  return { event: 'onboarding.updated', data, ...id };
}
