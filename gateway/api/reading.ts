import { answeredWithin, type OnboardingClient, type SenderView } from '../../client/index.ts';
import { problemsOf, TEMPORAL_ANSWERS_WITHIN_MS, type Typed } from './routes.ts';
import { listQuerystring, referenceParams } from './schemas/requests.ts';
import { pageSchema, viewSchema } from './schemas/view.ts';

/** What is known of one, of many, and as it changes. */
export function reading(
  app: Typed,
  { onboardings }: { readonly onboardings: OnboardingClient },
): void {
  app.get(
    '/onboardings/:reference',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'readOnboarding',
        summary: 'Read an onboarding',
        tags: ['onboardings'],
        params: referenceParams,
        response: { 200: viewSchema, ...problemsOf(404) },
      },
    },
    ({ params: { reference } }) =>
      answeredWithin(TEMPORAL_ANSWERS_WITHIN_MS, () => onboardings.view(reference)),
  );

  app.get(
    '/onboardings',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listOnboardings',
        summary: 'List onboardings',
        description: 'Open ones first. What happened in the last second or two may not show yet.',
        tags: ['onboardings'],
        querystring: listQuerystring,
        response: { 200: pageSchema, ...problemsOf() },
      },
    },
    ({ query: { stuckSince, limit, cursor, ...filter } }) =>
      answeredWithin(TEMPORAL_ANSWERS_WITHIN_MS, async () => {
        const unchangedSince = stuckSince === undefined ? undefined : new Date(stuckSince);
        const options = { cursor, limit: Number(limit) };
        const page = await onboardings.page({ ...filter, unchangedSince }, options);
        return { onboardings: [...page.onboardings], nextCursor: page.nextCursor };
      }),
  );

  app.get(
    '/onboardings/:reference/events',
    {
      config: { scope: 'read' },
      sse: 'only',
      schema: {
        operationId: 'followOnboarding',
        summary: 'Follow an onboarding',
        description:
          'Server-sent events: `onboarding.updated` with the view, now and after each change, until the ' +
          'end. `id` is its version.',
        tags: ['onboardings'],
        params: referenceParams,
        response: {
          200: {
            description: 'a stream that ends with the onboarding',
            content: { 'text/event-stream': { schema: viewSchema } },
          },
          ...problemsOf(404),
        },
      },
    },
    async ({ params: { reference }, log }, reply) => {
      // Before the stream begins, so that an unknown one is a 404.
      await answeredWithin(TEMPORAL_ANSWERS_WITHIN_MS, () => onboardings.view(reference));
      const gone = new AbortController();
      reply.raw.once('close', () => {
        gone.abort();
      });
      try {
        for await (const view of onboardings.follow(reference, { signal: gone.signal })) {
          await reply.sse.send(updated(view));
        }
      } catch (error) {
        // The stream has begun: who reads it comes back, and meets the failure as a problem.
        log.warn({ err: error }, 'a stream of events was cut off');
      }
    },
  );
}

function updated(view: SenderView) {
  const data = viewSchema.parse(view);
  const id = view.partial ? {} : { id: String(view.version) };
  return { event: 'onboarding.updated', data, ...id };
}
