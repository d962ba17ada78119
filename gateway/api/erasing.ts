/** Having a sender forgotten: asked for here, done by a worker. */
import type { FastifyReply } from 'fastify';
import type { Erasure, OnboardingClient } from '../../client/index.ts';
import { inTime } from '../in-time.ts';
import { Problem } from '../problems/problem.ts';
import { actorOf, problemsOf, type Typed } from './routes.ts';
import { receiptSchema } from './schemas/erasure.ts';
import { referenceParams } from './schemas/requests.ts';
import { acceptedSchema } from './schemas/view.ts';

/** Temporal deletes in the background. */
const DONE_IN_S = 15;

interface Erasing {
  readonly onboardings: OnboardingClient;
  /** Where the gateway is found from outside. */
  readonly publicUrl: string;
}

export function erasing(app: Typed, { onboardings, publicUrl }: Erasing): void {
  app.delete(
    '/onboardings/:reference',
    {
      config: { scope: 'erase' },
      schema: {
        operationId: 'eraseSender',
        summary: 'Have a sender forgotten',
        description:
          'Ends the onboarding, and deletes all that is kept of it and of those before it. 202: accepted and ' +
          'durable, done as soon as a worker has done it; 200: done, with the receipt. May be repeated, also ' +
          'to see whether it is done. Sign-up events of this reference start nothing afterwards. The ' +
          'account at AR24 stays.',
        tags: ['erasure'],
        params: referenceParams,
        response: { 200: receiptSchema, 202: acceptedSchema, ...problemsOf() },
      },
    },
    async (request, reply) => {
      const { reference } = request.params;
      const by = actorOf(request);
      const erasure = await inTime(() => onboardings.erase(reference, { by }));
      // Who asked for it, and when: the receipt in Temporal is gone with its retention.
      request.log.info({ reference, by, erasure: erasure.kind }, 'erasure asked for');
      return tell(reply, reference, erasure);
    },
  );

  app.get(
    '/onboardings/:reference/erasure',
    {
      config: { scope: 'erase' },
      schema: {
        operationId: 'readErasure',
        summary: 'See whether a sender is forgotten',
        description: '200: the receipt; 202: under way.',
        tags: ['erasure'],
        params: referenceParams,
        response: { 200: receiptSchema, 202: acceptedSchema, ...problemsOf(404, 409) },
      },
    },
    async ({ params: { reference } }, reply) => {
      const erasure = await inTime(() => onboardings.erasure(reference));
      if (erasure === undefined) throw new Problem('erasure-not-found');
      return tell(reply, reference, erasure);
    },
  );

  function tell(reply: FastifyReply, reference: string, erasure: Erasure): FastifyReply {
    switch (erasure.kind) {
      case 'erased':
        return reply.code(200).send(erasure.receipt);
      case 'waiting':
      case 'under-way':
        return reply
          .code(202)
          .header('location', `${publicUrl}/onboardings/${reference}/erasure`)
          .header('retry-after', String(DONE_IN_S))
          .send({ reference });
      case 'stopped':
        throw new Problem('not-now', {
          detail: 'The erasure was stopped before its end. Ask for it again, by DELETE.',
        });
    }
  }
}
