/** A failing poll reports when its failures began: the poll itself may have begun weeks ago. */
import { expect, test } from '@jest/globals';
import type { Faults } from '../../simulator/index.ts';
import type { AwaitChangeInput, ProblemKind } from '../../workflows/contract/index.ts';
import { callsTo } from '../support/ledger.ts';
import { onboardingRequest } from '../support/people.ts';
import { openCalls } from './calls.ts';

const MINUTE = 60_000;
/** The test server dates a try by the end of the try before it, which is one pause too early. */
const PAUSE = 10 * MINUTE;
const { email } = onboardingRequest();
const poll: AwaitChangeInput = {
  target: { by: 'email', email },
  known: { kind: 'absent' },
  waitingFor: ['attachment'],
  poll: { firstSeconds: 600, maxSeconds: 600 },
  recheck: [],
  retryBudgetMs: 15 * MINUTE,
};

const FAULTS: readonly {
  readonly what: string;
  readonly faults: Faults;
  readonly problem: ProblemKind;
  /** Minutes from the first failure until it is a problem. */
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

test.each(FAULTS)(
  'a poll fails by $what: the problem has the time of the first failure',
  async ({ faults, problem, shown }) => {
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
  },
);

test('a failure after AR24 has answered again is a new one: it is tried for as long as the first', async () => {
  const { simulator, start, minutes } = await openCalls();
  const call = await start('awaitChange', poll);
  await minutes(13);
  simulator.setFaults({ reset: {} });
  await minutes(10);
  simulator.setFaults({ reset: null });
  await minutes(60);
  simulator.setFaults({ reset: {} });
  const { failure, began, ended } = (await call.end()) as Failed;
  expect(failure.since - began).toBeGreaterThan(60 * MINUTE);
  expect(ended - failure.since).toBeGreaterThanOrEqual(15 * MINUTE);
});
