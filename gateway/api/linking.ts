import type { OnboardingClient } from '../../client/index.ts';
import { inTime } from '../in-time.ts';
import type { Links } from '../links/links.ts';
import { TRY_AGAIN_S } from '../problems/as-problem.ts';
import { Problem } from '../problems/problem.ts';
import { problemsOf, type Typed } from './routes.ts';
import { idempotencyHeaders, linkQuery, referenceParams } from './schemas/requests.ts';
import { linkSchema, updatedSchema } from './schemas/view.ts';
import { update } from './update.ts';

interface Linking {
  readonly onboardings: OnboardingClient;
  readonly links: Links;
}

/** Links to the sender's page. */
export function linking(app: Typed, { onboardings, links }: Linking): void {
  app.post(
    '/onboardings/:reference/links',
    {
      config: { scope: 'start' },
      schema: {
        operationId: 'makeLink',
        summary: "Make a link to the sender's page",
        description:
          'Each is good by itself, for as long as it says. A restarted onboarding needs a new one.',
        tags: ['links'],
        params: referenceParams,
        querystring: linkQuery,
        response: { 201: linkSchema, ...problemsOf(404, 409) },
      },
    },
    async ({ params: { reference }, query: { validForDays } }, reply) => {
      const view = await inTime(() => onboardings.view(reference));
      // The link is bound to the first run's start, which only a worker tells.
      if (view.partial && view.outcome !== null) {
        throw new Problem('not-now', {
          detail: 'It has ended: there is no page for it, or no worker that tells of it.',
        });
      }
      if (view.partial) throw new Problem('no-worker', { retryAfter: TRY_AGAIN_S.worker });
      const { startedAt } = view;
      const days = validForDays === undefined ? undefined : Number(validForDays);
      const link = await links.make({ reference, startedAt }, days);
      return reply.code(201).header('cache-control', 'no-store').send(link);
    },
  );

  app.delete(
    '/onboardings/:reference/links',
    {
      config: { scope: 'operate' },
      schema: {
        operationId: 'revokeLinks',
        summary: 'Make every link void that was made before',
        tags: ['links'],
        params: referenceParams,
        headers: idempotencyHeaders,
        response: { 200: updatedSchema, ...problemsOf(404, 409) },
      },
    },
    (request) =>
      update(
        {
          onboardings,
          reference: request.params.reference,
          operation: 'revokeLinks',
          request,
          key: request.headers['idempotency-key'],
        },
        (options) => onboardings.revokeLinks(request.params.reference, options),
      ),
  );
}
