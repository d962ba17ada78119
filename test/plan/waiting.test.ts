/** Waiting: it is shown, it ends at a wake-up, and it costs AR24 few calls. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wakeAt } from '../../workflows/plan/plan.ts';
import type { Step } from '../../workflows/plan/steps.ts';
import { viewOf } from '../../workflows/show/view.ts';
import { draws } from '../support/draws.ts';
import type { Recorded } from './simulation.ts';
import { scenario, simulate } from './scenarios.ts';

const PARAMETERS = { numRuns: draws(15_000), maxSkipsPerRun: 0 } as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The thirty calls before a cooldown, and two rounds of repair. */
const MOST_CALLS_AN_HOUR = 40;
/**
 * Four rounds of repair, each with at most a read by id, one by address and a write; and reminders.
 */
const MOST_CALLS_A_DAY = 20;

const isCall = ({ step }: Recorded): boolean =>
  /^(read-account|request-|create-|order-)/.test(step.do);

/** What the view has to show of a wait; null if the step is no wait. */
function shownOf(step: Step): object | null {
  switch (step.do) {
    case 'wait-for-repair':
      return { problem: { nextTry: expect.any(String) }, deadline: null };
    case 'ask-operator':
      return { question: step.question, status: 'awaiting-operator' };
    case 'collect-registration':
      return { waitingFor: ['registration'] };
    case 'wait':
      return { waitingFor: expect.arrayContaining([expect.any(String)]), problem: null };
    default:
      return null;
  }
}

test('every wait is shown with its reason, and ends at a wake-up', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      const waits = simulate(drawn).steps.flatMap(({ at, step, before }) => {
        const shown = shownOf(step);
        return shown === null ? [] : [{ at, before, shown }];
      });
      const views = waits.map(({ at, before }) => viewOf(before, at));
      expect(views).toMatchObject(waits.map(({ shown }) => shown));
      const withoutWakeUp = waits.filter(({ at, before }) => {
        const { soon, later } = wakeAt(before, at);
        const next = Math.min(soon ?? Infinity, later ?? Infinity);
        return !(next > at && next < Infinity);
      });
      expect(withoutWakeUp).toEqual([]);
    }),
    PARAMETERS,
  );
});

test('without events AR24 is called at most forty times an hour, and soon much less', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      const it = simulate(drawn);
      const from = it.now;
      it.pass(2 * DAY);
      const calls = it.steps.filter((s) => s.at >= from && isCall(s)).map(({ at }) => at);
      const withinAnHour = calls.map(
        (at) => calls.filter((other) => other >= at && other < at + HOUR).length,
      );
      expect(Math.max(0, ...withinAnHour)).toBeLessThanOrEqual(MOST_CALLS_AN_HOUR);
      const onTheSecondDay = calls.filter((at) => at >= from + DAY);
      expect(onTheSecondDay.length).toBeLessThanOrEqual(MOST_CALLS_A_DAY);
    }),
    PARAMETERS,
  );
});
