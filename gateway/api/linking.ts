import {
  InvalidRequestError,
  parseRequest,
  prefill as prefillSchema,
  type OnboardingClient,
} from '../../client/index.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Links, WayBack } from '../links/links.ts';
import { TRY_AGAIN_S } from '../problems/as-problem.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { OF_A_BODY, problemsOf, type TypedServer } from './routes.ts';
import { idempotencyHeaders, linkBody, linkQuery, referenceParams } from './schemas/requests.ts';
import { linkSchema, updatedSchema } from './schemas/view.ts';
import { update } from './update.ts';

interface Linking {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
  readonly links: Links;
}

/** No member of the body is required, so it may be absent. */
function acceptNoBody(request: FastifyRequest, _reply: FastifyReply, next: () => void): void {
  request.body ??= {};
  next();
}

/** Makes and revokes links to the sender's page. */
export function linking(app: TypedServer, { onboardings, calls, links }: Linking): void {
  app.post(
    '/onboardings/:reference/links',
    {
      config: { scope: 'start' },
      preValidation: acceptNoBody,
      schema: {
        operationId: 'makeLink',
        summary: "Make a link to the sender's page",
        description:
          'A link is valid until its `expiresAt`, beside earlier ones. After a restart or a correction of the address ' +
          'a new link is needed.',
        tags: ['links'],
        params: referenceParams,
        querystring: linkQuery,
        body: linkBody,
        response: {
          201: linkSchema,
          ...problemsOf('onboarding-not-found', 'not-now', 'no-worker', ...OF_A_BODY),
        },
      },
    },
    async (request, reply) => {
      const { reference } = request.params;
      const { validForDays, prefill, ...wayBack } = request.body;
      const given = prefill && parseRequest(prefillSchema, prefill, 'prefill');
      refuseOtherHosts(wayBack, links);
      const view = await calls.withDeadline(() => onboardings.view(reference));
      // The link is bound to the start of the first run, which only a worker knows.
      if (view.partial && view.outcome !== null) {
        throw new HttpProblem('not-now', {
          detail: 'The onboarding has ended. Its page does not exist, or no worker answers for it.',
        });
      }
      if (view.partial) throw new HttpProblem('no-worker', { retryAfter: TRY_AGAIN_S.worker });
      if (given !== undefined) {
        await update(
          { onboardings, calls, reference, operation: 'setPrefill', request, key: null },
          (options) => onboardings.setPrefill(reference, given, options),
        );
      }
      const days = validForDays ?? request.query.validForDays;
      const link = await links.make(view, { validForDays: days, ...wayBack });
      return reply.code(201).header('cache-control', 'no-store').send(link);
    },
  );

  app.delete(
    '/onboardings/:reference/links',
    {
      config: { scope: 'operate' },
      schema: {
        operationId: 'revokeLinks',
        summary: 'Revoke all earlier links',
        tags: ['links'],
        params: referenceParams,
        headers: idempotencyHeaders,
        response: {
          200: updatedSchema,
          ...problemsOf('onboarding-not-found', 'not-now', 'no-worker'),
        },
      },
    },
    (request) =>
      update(
        {
          onboardings,
          calls,
          reference: request.params.reference,
          operation: 'revokeLinks',
          request,
          key: request.headers['idempotency-key'],
        },
        (options) => onboardings.revokeLinks(request.params.reference, options),
      ),
  );
}

/** @throws InvalidRequestError if an address is on a host that is not configured */
export function refuseOtherHosts(addresses: WayBack, links: Pick<Links, 'mayLeadTo'>): void {
  const faults = (['returnUrl', 'refreshUrl'] as const)
    .filter((path) => addresses[path] !== undefined && !links.mayLeadTo(addresses[path]))
    .map((path) => ({ path, message: 'its host is not in ONBOARDING_RETURN_HOSTS' }));
  if (faults.length > 0) throw new InvalidRequestError(faults);
}
