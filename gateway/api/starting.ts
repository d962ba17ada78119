import type { OnboardingClient, StartRequest } from '../../client/index.ts';
import { inTime } from '../in-time.ts';
import type { MailBudget } from '../budget/mail-budget.ts';
import { refuseOverBudget } from '../budget/refuse.ts';
import { Problem } from '../problems/problem.ts';
import { problemsOf, type Typed } from './routes.ts';
import { referenceParams, startBody, startQuery } from './schemas/requests.ts';
import { acceptedSchema } from './schemas/view.ts';

interface Starting {
  readonly onboardings: OnboardingClient;
  readonly budget: MailBudget;
  /** Where the gateway is found from outside. */
  readonly publicUrl: string;
}

/** `PUT`: the same request may be repeated at any time, and is answered the same. */
export function starting(app: Typed, { onboardings, budget, publicUrl }: Starting): void {
  app.put(
    '/onboardings/:reference',
    {
      config: { scope: 'start' },
      schema: {
        operationId: 'startOnboarding',
        summary: 'Start an onboarding',
        description:
          'Accepted, and durable, once it is answered. The same request again is answered the same, also ' +
          'after the onboarding has ended.',
        tags: ['onboardings'],
        params: referenceParams,
        querystring: startQuery,
        body: startBody,
        response: { 202: acceptedSchema, ...problemsOf(409, 413, 415) },
      },
    },
    async ({ params: { reference }, query: { restart }, body }, reply) => {
      await inTime(async () => {
        const by = restart ? 'message' : 'start';
        await refuseOverBudget(budget, onboardings.emailHashOf(body.email), { reference, by });
        await start(onboardings, { reference, ...body }, restart);
      });
      return reply
        .code(202)
        .header('location', `${publicUrl}/onboardings/${reference}`)
        .send({ reference });
    },
  );
}

async function start(
  onboardings: OnboardingClient,
  request: StartRequest,
  restart: boolean,
): Promise<void> {
  const result = await onboardings.start(request, { restart });
  switch (result.kind) {
    case 'started':
    case 'open':
      return;
    case 'open-differs':
      throw new Problem('open-differs', { members: { differs: result.differs } });
    case 'ended':
      if (result.asksForTheSame) return;
      throw new Problem('ended', {
        detail: `It ended as ${result.ending.kind}. ?restart=true starts another.`,
      });
  }
}
