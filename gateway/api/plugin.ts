/** The API for the partner's programs. */
import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { RequestCounts } from '../../codec/request-counts.ts';
import type { OnboardingClient } from '../../client/index.ts';
import { authenticated, type ApiKey } from '../api-keys.ts';
import type { Links } from '../links/links.ts';
import type { StreamTokens } from '../links/stream-tokens.ts';
import type { MailBudget } from '../mail-budget.ts';
import type { Metrics } from '../metrics.ts';
import { HttpProblem } from '../problems/problem.ts';
import type { TemporalCalls } from '../temporal-calls.ts';
import { acting } from './acting.ts';
import { erasing } from './erasing.ts';
import { following } from './following.ts';
import { linking } from './linking.ts';
import { notifying } from './notifying.ts';
import { reading, searching } from './reading.ts';
import { starting } from './starting.ts';
import { refuseSurplus } from './surplus.ts';
import { makingStreamTokens } from './stream-tokens.ts';

export interface PartnersApiOptions {
  readonly onboardings: OnboardingClient;
  readonly calls: TemporalCalls;
  readonly budget: MailBudget;
  readonly record: Metrics['record'];
  readonly links: Links;
  readonly streamTokens: StreamTokens;
  /** The address that callers use. */
  readonly publicUrl: string;
  readonly keys: readonly ApiKey[];
  /** With one key. */
  readonly callsPerSecond: number;
}

/** A burst may use the calls of some seconds at once. */
const WINDOW_S = 10;
/** Temporal allows few searches per second, and webhooks and starts need them too. */
const MOST_SEARCHES = 50;

const OF_A_KEY: RateLimitOptions = {
  timeWindow: WINDOW_S * 1_000,
  // A browser with a token must not use up the calls of a key.
  keyGenerator: ({ apiKey, ip }) => apiKey?.name ?? `a token, from ${ip}`,
  errorResponseBuilder: (_request, { ttl }) =>
    new HttpProblem('too-many-requests', { retryAfter: Math.ceil(ttl / 1_000) }),
};

export async function partnersApi(
  app: FastifyInstance,
  options: PartnersApiOptions,
): Promise<void> {
  // The API accepts only JSON.
  app.removeContentTypeParser(['application/x-www-form-urlencoded', 'text/plain']);
  await app.register(authenticated, {
    keys: options.keys,
    streamTokens: options.streamTokens,
  });
  await app.register(rateLimit, {
    ...OF_A_KEY,
    store: RequestCounts,
    global: true,
    hook: 'preValidation',
    max: Math.ceil(options.callsPerSecond * WINDOW_S),
  });
  refuseSurplus(app);
  const refuseOtherMethods = otherMethodsOf(app);
  const typed = app.withTypeProvider<ZodTypeProvider>();
  starting(typed, options);
  const search = app.createRateLimit({ ...OF_A_KEY, max: MOST_SEARCHES });
  const reads = {
    ...options,
    async limitSearches(request: FastifyRequest, searches: number) {
      const counts = await Promise.all(Array.from({ length: searches }, () => search(request)));
      const last = counts.at(-1);
      if (last?.isAllowed !== false || !last.isExceeded) return;
      throw new HttpProblem('too-many-requests', { retryAfter: last.ttlInSeconds });
    },
  };
  reading(typed, reads);
  following(typed, options);
  makingStreamTokens(typed, options);
  acting(typed, options);
  linking(typed, options);
  notifying(typed, options);
  erasing(typed, options);
  searching(typed, reads);
  refuseOtherMethods();
}

/**
 * Answers other methods of known routes with 405.
 *
 * @returns to be called once the routes exist
 */
function otherMethodsOf(app: FastifyInstance): () => void {
  const methodsOf = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = methodsOf.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    methodsOf.set(url, methods);
  });
  return () => {
    for (const [url, methods] of [...methodsOf]) {
      const allow = [...methods].join(', ');
      app.route({
        method: app.supportedMethods.filter((method) => !methods.has(method)),
        url,
        config: { scope: 'any' },
        schema: { hide: true },
        // Before the body is read.
        onRequest: (_request, reply) => {
          reply.header('allow', allow);
          throw new HttpProblem('no-such-method');
        },
        handler: () => undefined,
      });
    }
  };
}
