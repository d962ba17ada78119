import type { preValidationAsyncHookHandler } from 'fastify';
import type { OnboardingClient } from '../../client/index.ts';
import { inTime } from '../in-time.ts';
import { problemsOf, type Typed } from './routes.ts';
import { listQuerystring, referenceParams } from './schemas/requests.ts';
import { pageSchema, viewSchema } from './schemas/view.ts';

interface Reading {
  readonly onboardings: OnboardingClient;
  /** Bounds how many lists are read with one key. */
  readonly limitLists: preValidationAsyncHookHandler;
}

/** What is known of one, and of many. */
export function reading(app: Typed, { onboardings, limitLists }: Reading): void {
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
      preValidation: limitLists,
      schema: {
        operationId: 'listOnboardings',
        summary: 'List onboardings',
        description:
          'Open ones first. What happened in the last second or two may not show yet. 50 pages in 10 s are ' +
          'the most with one key, since Temporal searches for each.',
        tags: ['onboardings'],
        querystring: listQuerystring,
        response: { 200: pageSchema, ...problemsOf() },
      },
    },
    ({ query: { stuckSince, limit, cursor, ...filter } }) =>
      inTime(async () => {
        const unchangedSince = stuckSince === undefined ? undefined : new Date(stuckSince);
        const options = { cursor, limit: Number(limit) };
        const page = await onboardings.page({ ...filter, unchangedSince }, options);
        return { onboardings: [...page.onboardings], nextCursor: page.nextCursor };
      }),
  );
}
