/** What a failed creation tells of itself: whether AR24 has to be read before anything else. */
import { expect, test } from '@jest/globals';
import type { Faults } from '../../simulator/index.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { openCalls } from './calls.ts';

/** Ends at the third try, whatever the time. */
const patienceMs = 1;
const creation = {
  request: onboardingRequest(),
  form: registrationForm(),
  readBack: false,
  patienceMs,
};

const CREATE = { routes: ['POST /user' as const] };
const READ = { routes: ['GET /user' as const] };

const FAILURES: readonly {
  readonly what: string;
  readonly faults: Faults;
  readonly failure: object;
}[] = [
  {
    what: 'answered by a slug nobody knows',
    faults: { unknownSlug: { ...CREATE, slug: 'nobody_knows' } },
    failure: { problem: 'unknown-slug', slug: 'nobody_knows', delivered: 'no' },
  },
  {
    what: 'throttled at every try',
    faults: { throttle: { status: 429, retryAfter: 1 } },
    failure: { problem: 'throttled', delivered: 'no' },
  },
  {
    what: 'answered by a breakdown',
    faults: { http5xx: CREATE },
    failure: { problem: 'unreachable' },
  },
  {
    what: 'answered by a breakdown, and then not to be read back',
    faults: { http5xx: { ...CREATE, count: 1 }, maintenance: READ },
    failure: { problem: 'maintenance' },
  },
];

test.each(FAILURES)('a creation $what: $failure', async ({ faults, failure }) => {
  const { simulator, start } = await openCalls({ simulator: { faults } });
  const call = await start('createAccount', creation);
  expect(await call.end()).toHaveProperty('failure', failure);
  expect(simulator.ledger().effects).toEqual([]);
});
