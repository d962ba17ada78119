import type { FastifyRequest } from 'fastify';
import { searchesForPage, type ListFilter, type OnboardingClient } from '../../client/index.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { OF_A_BODY, problemsOf, type TypedServer } from './routes.ts';
import { listQuerystring, referenceParams, searchBody } from './schemas/requests.ts';
import { pageSchema, viewSchema } from './schemas/view.ts';

interface Reading {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
  /** Counts searches of Temporal with one key. @throws HttpProblem if there are too many */
  readonly limitSearches: (request: FastifyRequest, searches: number) => Promise<void>;
}

/** Reads one onboarding, or lists them. */
export function reading(app: TypedServer, reads: Reading): void {
  const { onboardings, calls } = reads;
  app.get(
    '/onboardings/:reference',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'readOnboarding',
        summary: 'Read an onboarding',
        tags: ['onboardings'],
        params: referenceParams,
        response: { 200: viewSchema, ...problemsOf('onboarding-not-found') },
      },
    },
    ({ params: { reference } }) => calls.withDeadline(() => onboardings.view(reference)),
  );

  app.get(
    '/onboardings',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listOnboardings',
        summary: 'List onboardings',
        description:
          'Open ones come first. The list may lag a second or two behind. One key may cause ' +
          '50 searches of Temporal in 10 s. A page takes one. A page that may contain ended onboardings takes ' +
          'one more for every 32 of its `limit`, as the newest run of each has to be found.',
        tags: ['onboardings'],
        querystring: listQuerystring,
        response: { 200: pageSchema, ...problemsOf() },
      },
    },
    (request) => pageOf({ ...reads, request }, request.query),
  );
}

/** Lists them by a filter in the body. Not below `/onboardings/`, where `search` may be somebody's reference. */
export function searching(app: TypedServer, reads: Reading): void {
  app.post(
    '/search',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'searchOnboardings',
        summary: 'Search onboardings, also by e-mail address',
        description:
          'The same as `GET /onboardings`, with the filter in the body, where an address may be: URLs are kept in logs. ' +
          'The same limits count.',
        tags: ['onboardings'],
        body: searchBody,
        response: { 200: pageSchema, ...problemsOf(...OF_A_BODY) },
      },
    },
    (request) => pageOf({ ...reads, request }, request.body),
  );
}

type Search = Omit<ListFilter, 'unchangedSince'> & {
  readonly stuckSince?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

async function pageOf(
  { onboardings, calls, limitSearches, request }: Reading & { readonly request: FastifyRequest },
  { stuckSince, limit, cursor, ...others }: Search,
) {
  const unchangedSince = stuckSince === undefined ? undefined : new Date(stuckSince);
  const filter = { ...others, unchangedSince };
  const options = { cursor, limit };
  await limitSearches(request, searchesForPage(filter, options));
  const page = await calls.withDeadline(() => onboardings.page(filter, options));
  return { onboardings: [...page.onboardings], nextCursor: page.nextCursor };
}
