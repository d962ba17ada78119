/** The partner's API: what his programs may do with onboardings. */
import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { OnboardingClient } from '../../client/index.ts';
import type { MailBudget } from '../budget/mail-budget.ts';
import type { ApiKey } from '../keys/api-key.ts';
import { authenticated } from '../keys/plugin.ts';
import type { Links } from '../links/links.ts';
import { Problem } from '../problems/problem.ts';
import { acting } from './acting.ts';
import { erasing } from './erasing.ts';
import { following } from './following.ts';
import { linking } from './linking.ts';
import { otherMethodsOf } from './other-methods.ts';
import { reading } from './reading.ts';
import { starting } from './starting.ts';

export interface PartnersApiOptions {
  readonly onboardings: OnboardingClient;
  readonly budget: MailBudget;
  readonly links: Links;
  /** Where the gateway is found from outside. */
  readonly publicUrl: string;
  readonly keys: readonly ApiKey[];
  /** With one key. */
  readonly callsPerSecond: number;
}

/** A burst may use up some seconds' calls at once. */
const WINDOW_S = 10;
/** Temporal bears few searches a second, which webhooks and starts need too. */
const MOST_SEARCHES = 50;

const OF_A_KEY: RateLimitOptions = {
  timeWindow: WINDOW_S * 1_000,
  keyGenerator: ({ apiKey }) => apiKey?.name ?? '',
  errorResponseBuilder: (_request, { ttl }) =>
    new Problem('too-many-requests', { retryAfter: Math.ceil(ttl / 1_000) }),
};

export async function partnersApi(
  app: FastifyInstance,
  options: PartnersApiOptions,
): Promise<void> {
  // JSON is all that it takes: a form or a text must not pass for it.
  app.removeContentTypeParser(['application/x-www-form-urlencoded', 'text/plain']);
  await app.register(authenticated, { keys: options.keys });
  await app.register(rateLimit, {
    ...OF_A_KEY,
    global: true,
    hook: 'preValidation',
    max: Math.ceil(options.callsPerSecond * WINDOW_S),
  });
  const refuseOtherMethods = otherMethodsOf(app);
  const typed = app.withTypeProvider<ZodTypeProvider>();
  starting(typed, options);
  const search = app.createRateLimit({ ...OF_A_KEY, max: MOST_SEARCHES });
  reading(typed, {
    ...options,
    async limitSearches(request: FastifyRequest, searches: number) {
      const counts = await Promise.all(Array.from({ length: searches }, () => search(request)));
      const last = counts.at(-1);
      if (last?.isAllowed !== false || !last.isExceeded) return;
      throw new Problem('too-many-requests', { retryAfter: last.ttlInSeconds });
    },
  });
  following(typed, options);
  acting(typed, options);
  linking(typed, options);
  erasing(typed, options);
  refuseOtherMethods();
}
