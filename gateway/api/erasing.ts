/** Erases a sender: requested here, done by a worker. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Erasure, OnboardingClient } from '../../client/index.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { actorOf, problemsOf, type TypedServer } from './routes.ts';
import { referenceParams } from './schemas/requests.ts';
import { acceptedSchema } from './schemas/view.ts';
import { actor, count, moment, reference } from './schemas/words.ts';
import type { Reference } from '../../workflows/contract/ids.ts';

/** Temporal deletes in the background. */
const DONE_IN_S = 15;

const receiptSchema = z
  .object({
    reference,
    by: actor('requested it'),
    requestedAt: moment('when'),
    alsoRequestedBy: z
      .array(
        z
          .object({ by: actor('requested it too'), at: moment('when, for the first time') })
          .meta({ id: 'ErasureRequest', description: 'another request of the same erasure' }),
      )
      .optional()
      .meta({
        description: 'others that requested it meanwhile or later, each with its first request',
      }),
    erasedAt: moment('when it was done'),
    onboardingRuns: count('deleted histories of onboardings', 1),
    notificationRuns: count('deleted histories of notifications', 1),
    found: z.boolean().meta({
      description:
        'false: no onboarding of this reference existed, or Temporal had deleted it. The reference may be ' +
        'wrong. Later sign-up events of it start nothing all the same',
    }),
  })
  .meta({ id: 'ErasureReceipt', description: 'everything that is left of the sender here' });

interface Erasing {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
  /** The address that callers use. */
  readonly publicUrl: string;
}

export function erasing(app: TypedServer, { onboardings, calls, publicUrl }: Erasing): void {
  app.delete(
    '/onboardings/:reference',
    {
      config: { scope: 'erase' },
      schema: {
        operationId: 'eraseSender',
        summary: 'Erase a sender',
        description:
          'Ends the onboarding, and deletes everything that is stored of it and of earlier ones. 202: accepted and ' +
          'durable; a worker does it. 200: done, with the receipt, whose `found` is false ' +
          'if nothing existed. The request may be repeated, also to see whether it is done. Later sign-up events of this reference start nothing. The ' +
          'account at AR24 stays.',
        tags: ['erasure'],
        params: referenceParams,
        response: { 200: receiptSchema, 202: acceptedSchema, ...problemsOf() },
      },
    },
    async (request, reply) => {
      const { reference } = request.params;
      const by = actorOf(request);
      const erasure = await calls.withDeadline(() => onboardings.erase(reference, { by }));
      // The log keeps the requester longer than Temporal keeps the receipt.
      request.log.info({ reference, by, erasure: erasure.kind }, 'erasure requested');
      return answer(reply, reference, erasure);
    },
  );

  app.get(
    '/onboardings/:reference/erasure',
    {
      config: { scope: 'erase' },
      schema: {
        operationId: 'readErasure',
        summary: 'Read the state of an erasure',
        description: '200: the receipt. 202: in progress.',
        tags: ['erasure'],
        params: referenceParams,
        response: {
          200: receiptSchema,
          202: acceptedSchema,
          ...problemsOf('erasure-not-found', 'not-now'),
        },
      },
    },
    async ({ params: { reference } }, reply) => {
      const erasure = await calls.withDeadline(() => onboardings.erasure(reference));
      if (erasure === undefined) throw new HttpProblem('erasure-not-found');
      return answer(reply, reference, erasure);
    },
  );

  function answer(reply: FastifyReply, reference: Reference, erasure: Erasure): FastifyReply {
    switch (erasure.kind) {
      case 'erased':
        return reply.code(200).send({ ...erasure.receipt, found: erasure.found });
      case 'waiting':
      case 'under-way':
        return reply
          .code(202)
          .header('location', `${publicUrl}/onboardings/${reference}/erasure`)
          .header('retry-after', String(DONE_IN_S))
          .send({ reference });
      case 'stopped':
        throw new HttpProblem('not-now', {
          detail: 'The erasure was stopped before it was done. Request it again with DELETE.',
        });
    }
  }
}
