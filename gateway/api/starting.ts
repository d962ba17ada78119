import type { Ending, StartResult } from '../../client/index.ts';
import { inTime } from '../in-time.ts';
import { startWithinBudget, type Starting as Budgeted } from '../budget/start.ts';
import { TRY_AGAIN_S } from '../problems/as-problem.ts';
import { Problem } from '../problems/problem.ts';
import { problemsOf, type Typed } from './routes.ts';
import { referenceParams, startBody, startQuery } from './schemas/requests.ts';
import { acceptedSchema } from './schemas/view.ts';

interface Starting extends Budgeted {
  /** Where the gateway is found from outside. */
  readonly publicUrl: string;
}

/** `PUT`: the same request may be repeated at any time, and is answered the same. */
export function starting(app: Typed, { publicUrl, ...budgeted }: Starting): void {
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
    async ({ params: { reference }, query, body, apiKey }, reply) => {
      const result = await inTime(() => startWithinBudget(budgeted, { reference, ...body }, query));
      refuseOther(result, { ...query, mayRead: apiKey?.scopes.includes('read') === true });
      return reply
        .code(202)
        .header('location', `${publicUrl}/onboardings/${reference}`)
        .send({ reference });
    },
  );
}

const WITHDRAWN = {
  retryAfter: TRY_AGAIN_S.worker,
  detail:
    'The sign-up was withdrawn before it began, and no worker has seen that yet: nothing was started. Send it ' +
    'again.',
};

interface Asked {
  readonly restart: boolean;
  /** Who may only start is not told how another's onboarding ended. */
  readonly mayRead: boolean;
}

/** @throws Problem unless it is on its way, or was before by the same request */
function refuseOther(result: StartResult, { restart, mayRead }: Asked): void {
  switch (result.kind) {
    case 'started':
    case 'open':
      return;
    case 'open-differs':
      throw new Problem('open-differs', { members: { differs: result.differs } });
    case 'ended':
      if (restart) throw new Problem('no-worker', WITHDRAWN);
      if (result.asksForTheSame) return;
      throw new Problem('ended', {
        detail: mayRead ? `${howItEnded(result.ending)} ?restart=true starts another.` : undefined,
      });
  }
}

function howItEnded({ kind }: Ending): string {
  return kind === 'unreadable' ? 'It has ended; how cannot be read here.' : `It ended as ${kind}.`;
}
