import type { FastifyRequest } from 'fastify';
import { searchesForPage, type OnboardingClient } from '../../client/index.ts';
import { inTime } from '../in-time.ts';
import { problemsOf, type Typed } from './routes.ts';
import { listQuerystring, referenceParams } from './schemas/requests.ts';
import { pageSchema, viewSchema } from './schemas/view.ts';

interface Reading {
  readonly onboardings: OnboardingClient;
  /** Bounds how often Temporal is searched with one key: @throws Problem where that is too often. */
  readonly limitSearches: (request: FastifyRequest, searches: number) => Promise<void>;
}

/** What is known of one, and of many. */
export function reading(app: Typed, { onboardings, limitSearches }: Reading): void {
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
    ({ params: { reference } }) => inTime(() => onboardings.view(reference)),
  );

  app.get(
    '/onboardings',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listOnboardings',
        summary: 'List onboardings',
        description:
          'Open ones first. What happened in the last second or two may not show yet. With one key Temporal ' +
          'is searched 50 times in 10 s at most: once for a page, and where ended ones may be on it, whose ' +
          'newest run has to be found, once more for every 32 of its `limit`.',
        tags: ['onboardings'],
        querystring: listQuerystring,
        response: { 200: pageSchema, ...problemsOf() },
      },
    },
    async (request) => {
      const { stuckSince, limit, cursor, ...others } = request.query;
      const unchangedSince = stuckSince === undefined ? undefined : new Date(stuckSince);
      const filter = { ...others, unchangedSince };
      const options = { cursor, limit: Number(limit) };
      await limitSearches(request, searchesForPage(filter, options));
      const page = await inTime(() => onboardings.page(filter, options));
      return { onboardings: [...page.onboardings], nextCursor: page.nextCursor };
    },
  );
}
