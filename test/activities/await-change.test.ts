/** A poll that fails tells since when: its own beginning may be weeks ago. */
import { expect, test } from '@jest/globals';
import type { Faults } from '../../simulator/index.ts';
import type { AwaitChangeInput, ProblemKind } from '../../workflows/contract/index.ts';
import { callsTo } from '../support/ledger.ts';
import { onboardingRequest } from '../support/people.ts';
import { openCalls } from './calls.ts';

const MINUTE = 60_000;
/** The test server dates a try by the end of the one before: a pause too early. */
const PAUSE = 10 * MINUTE;
const { email } = onboardingRequest();
const poll: AwaitChangeInput = {
  target: { by: 'email', email },
  known: { kind: 'absent' },
  waitingFor: ['attachment'],
  poll: { firstSeconds: 600, maxSeconds: 600 },
  recheck: [],
  patienceMs: 15 * MINUTE,
};

const TROUBLES: readonly {
  readonly what: string;
  readonly faults: Faults;
  readonly problem: ProblemKind;
  /** Minutes from its beginning to its end as a problem. */
  readonly shown: number;
}[] = [
  { what: 'no connection', faults: { reset: {} }, problem: 'unreachable', shown: 15 },
  { what: 'an unknown slug', faults: { unknownSlug: {} }, problem: 'unknown-slug', shown: 0 },
  {
    what: 'an hour of throttling',
    faults: { throttle: { status: 429, retryAfter: 3600 } },
    problem: 'throttled',
    shown: 0,
  },
];

interface Failed {
  readonly failure: { readonly problem: ProblemKind; readonly since: number };
  readonly began: number;
  readonly ended: number;
}

test.each(TROUBLES)('$what in the middle of a poll', async ({ faults, problem, shown }) => {
  const { simulator, start, minutes } = await openCalls();
  const call = await start('awaitChange', poll);
  await minutes(13);
  expect(callsTo(simulator, 'GET /user')).toBe(1);
  simulator.setFaults(faults);
  const { failure, began, ended } = (await call.end()) as Failed;
  expect(failure.problem).toBe(problem);
  expect(failure.since - began).toBeGreaterThan(PAUSE / 2);
  expect(ended - failure.since).toBeGreaterThanOrEqual(shown * MINUTE);
  expect(ended - failure.since).toBeLessThan(shown * MINUTE + 1.5 * PAUSE);
});
