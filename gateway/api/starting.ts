import { LRUCache } from 'lru-cache';
import { parseRequest, startWarnings, type Ending, type StartResult } from '../../client/index.ts';
import { startRequest } from '../../client/schemas/start-request.ts';
import { atMost } from '../bounded.ts';
import type { Links } from '../links/links.ts';
import { startWithinBudget, type Starting as Budgeted } from '../mail-budget.ts';
import { TRY_AGAIN_S } from '../problems/as-problem.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { refuseOtherHosts } from './linking.ts';
import { actorOf, describeWarnings, OF_A_BODY, problemsOf, type TypedServer } from './routes.ts';
import { referenceParams, startBody, startQuery } from './schemas/requests.ts';
import { startedSchema } from './schemas/view.ts';

interface Starting extends Budgeted {
  readonly calls: TemporalCalls;
  readonly links: Pick<Links, 'mayLeadTo'>;
  /** The address that callers use. */
  readonly publicUrl: string;
}

/** `PUT`: the same request may be repeated at any time, and gets the same answer. */
export function starting(
  app: TypedServer,
  { calls, links, publicUrl, ...budgeted }: Starting,
): void {
  const comparisons = new Comparisons();
  app.put(
    '/onboardings/:reference',
    {
      config: { scope: 'start' },
      schema: {
        operationId: 'startOnboarding',
        summary: 'Start an onboarding',
        description:
          'The onboarding is durable once the request is answered. A repeated request gets the same answer, also ' +
          'after the onboarding has ended.',
        tags: ['onboardings'],
        params: referenceParams,
        querystring: startQuery,
        body: startBody,
        response: {
          202: startedSchema,
          ...problemsOf(
            'open-differs',
            'not-now',
            'ended',
            'mail-budget-exhausted',
            'no-worker',
            ...OF_A_BODY,
          ),
        },
      },
    },
    async (request, reply) => {
      const { query, body, apiKey } = request;
      const { reference } = request.params;
      // An invalid request is refused before it counts as a mail.
      const start = parseRequest(startRequest, { reference, ...body });
      refuseOtherHosts(start, links);
      const result = await calls.startWithDeadline(() =>
        startWithinBudget(budgeted, start, {
          ...query,
          by: actorOf(request),
          door: 'api',
        }),
      );
      comparisons.refuseOther(result, {
        ...query,
        mayRead: apiKey?.scopes.includes('read') === true,
      });
      return reply
        .code(202)
        .header('location', `${publicUrl}/onboardings/${reference}`)
        .send({ reference, warnings: describeWarnings(startWarnings(start)) });
    },
  );
}

/** A partner's program repeats the same request. Many different ones are guesses. */
const MOST_DIFFERENT = 10;
const HOUR_MS = 3_600_000;
const MOST_REFERENCES = 100_000;
const TOO_MANY_DIFFERENT =
  'Several different starts of this reference were requested within the hour.';

const WITHDRAWN = {
  retryAfter: TRY_AGAIN_S.worker,
  detail:
    'The sign-up was withdrawn before it began, and no worker has processed that yet. Nothing was started: ' +
    'repeat the request.',
};

interface Requester {
  readonly restart: boolean;
  /** Only a key that may read learns how an onboarding ended, or how it differs. */
  readonly mayRead: boolean;
}

/**
 * Compares starts with the existing onboarding. Each answer reveals whether a guessed address or form is right, so
 * a reference has only a few.
 */
class Comparisons {
  /** The cache measures time by performance.now, which no clock change affects. */
  readonly #different = new LRUCache<string, number>({
    ...atMost(MOST_REFERENCES),
    ttl: HOUR_MS,
    noUpdateTTL: true,
  });

  /** @throws HttpProblem unless this request started the onboarding, or an equal one did before */
  refuseOther(result: StartResult, { restart, mayRead }: Requester): void {
    if (result.kind === 'started') return;
    if (result.kind === 'ended' && restart) throw new HttpProblem('no-worker', WITHDRAWN);
    const { reference } = result;
    const different = this.#different.get(reference) ?? 0;
    if (different >= MOST_DIFFERENT) {
      const retryAfter = Math.ceil(this.#different.getRemainingTTL(reference) / 1000);
      throw new HttpProblem('too-many-requests', { retryAfter, detail: TOO_MANY_DIFFERENT });
    }
    if (result.kind === 'open' || (result.kind === 'ended' && result.asksForTheSame)) return;
    this.#different.set(reference, different + 1);
    if (result.kind === 'ended') {
      throw new HttpProblem('ended', {
        detail: mayRead ? `${howItEnded(result.ending)} ?restart=true starts another.` : undefined,
      });
    }
    throw new HttpProblem('open-differs', { members: mayRead ? { differs: result.differs } : {} });
  }
}

function howItEnded({ kind }: Ending): string {
  return kind === 'unreadable'
    ? 'It has ended, with an outcome that cannot be read here.'
    : `It ended as ${kind}.`;
}
