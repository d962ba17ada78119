/** Makes tokens with which browsers follow one onboarding. */
import { z } from 'zod';
import type { OnboardingClient } from '../../client/index.ts';
import type { StreamTokens } from '../links/stream-tokens.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { problemsOf, type TypedServer } from './routes.ts';
import { referenceParams } from './schemas/requests.ts';
import { moment } from './schemas/words.ts';

interface MakingStreamTokens {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
  readonly streamTokens: StreamTokens;
  /** The address that callers use. */
  readonly publicUrl: string;
}

const streamTokenSchema = z
  .object({
    url: z.url().meta({
      description: 'for `new EventSource(url)`; who has it may follow this onboarding until then',
      example: 'https://onboarding.example.org/onboardings/customer-42/events?token=eyJhbGciOi…',
    }),
    expiresAt: moment('when the token and its streams end'),
  })
  .meta({ id: 'StreamToken', description: 'lets a browser follow one onboarding' });

export function makingStreamTokens(app: TypedServer, options: MakingStreamTokens): void {
  const { onboardings, calls, streamTokens, publicUrl } = options;
  app.post(
    '/onboardings/:reference/stream-tokens',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'makeStreamToken',
        summary: 'Make a token with which a browser follows an onboarding',
        description:
          'Your server makes it, and gives the `url` to the page: `new EventSource(url)` then works from any origin. It ' +
          'reads this one onboarding, as the answer of `GET /onboardings/{reference}` has it, for 15 minutes.',
        tags: ['onboardings'],
        params: referenceParams,
        response: { 201: streamTokenSchema, ...problemsOf('onboarding-not-found') },
      },
    },
    async ({ params: { reference }, apiKey }, reply) => {
      await calls.withDeadline(() => onboardings.view(reference));
      const { token, expiresAt } = await streamTokens.make(reference, apiKey?.name ?? '');
      return reply.code(201).send({
        url: `${publicUrl}/onboardings/${reference}/events?token=${token}`,
        expiresAt: expiresAt.toISOString(),
      });
    },
  );
}
