/** A failed creation reports whether AR24 may have carried it out, so that AR24 has to be read first. */
import { expect, test } from '@jest/globals';
import type { Faults } from '../../simulator/index.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { openCalls } from './calls.ts';

/** Ends at the third try, at any time. */
const retryBudgetMs = 1;
const creation = {
  request: onboardingRequest(),
  form: registrationForm(),
  readBack: false,
  despiteOtherSpelling: false,
  retryBudgetMs,
};

const CREATE = { routes: ['POST /user' as const] };
const READ = { routes: ['GET /user' as const] };

const FAILURES: readonly {
  readonly what: string;
  readonly faults: Faults;
  readonly failure: object;
}[] = [
  {
    what: 'answered by an unknown slug',
    faults: { unknownSlug: { ...CREATE, slug: 'not_known' } },
    failure: { problem: 'unknown-slug', slug: 'not_known', delivered: 'no' },
  },
  {
    what: 'throttled at every try, after a read that showed no account',
    faults: { throttle: { ...CREATE, status: 429, retryAfter: 1 } },
    failure: { problem: 'throttled', delivered: 'no' },
  },
  {
    // A try does not know how the one before it ended.
    what: 'throttled at every try, and not readable',
    faults: { throttle: { status: 429, retryAfter: 1 } },
    failure: { problem: 'throttled', delivered: 'unknown' },
  },
  {
    what: 'answered by a server error',
    faults: { http5xx: CREATE },
    failure: { problem: 'unreachable', delivered: 'unknown' },
  },
  {
    what: 'answered by a server error, and then not readable',
    faults: { http5xx: { ...CREATE, count: 1 }, maintenance: READ },
    failure: { problem: 'maintenance', delivered: 'unknown' },
  },
];

test.each(FAILURES)('a creation $what: $failure', async ({ faults, failure }) => {
  const { simulator, start } = await openCalls({ simulator: { faults } });
  const call = await start('createAccount', creation);
  expect(await call.end()).toHaveProperty('failure', failure);
  expect(simulator.ledger().effects).toEqual([]);
});

test('a creation whose answer is incomplete and whose read fails may have been carried out', async () => {
  const { simulator, start } = await openCalls({
    simulator: {
      switches: { hideFields: ['cgu'] },
      faults: { unknownSlug: { ...READ, slug: 'not_known' } },
    },
  });
  const call = await start('createAccount', creation);
  const failure = { problem: 'unknown-slug', slug: 'not_known', delivered: 'unknown' };
  expect(await call.end()).toHaveProperty('failure', failure);
  expect(simulator.accounts()).toHaveLength(1);
});
