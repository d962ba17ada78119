/** Whoever waits is seen to wait, is woken again, and costs AR24 few calls meanwhile. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wakeAt, type Step } from '../../workflows/plan/plan.ts';
import { viewOf } from '../../workflows/show/view.ts';
import type { Recorded } from './life.ts';
import { life, lived } from './lives.ts';

const PARAMETERS = { numRuns: 15_000, maxSkipsPerRun: 0 } as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The thirty after which there is a rest, and two rounds of repair. */
const MOST_CALLS_AN_HOUR = 40;
/** Four rounds of repair, of a read by the id, one by the address and a write at most; and reminders. */
const MOST_CALLS_A_DAY = 20;

const isCall = ({ step }: Recorded): boolean => /^(look|request-|create-|order-)/.test(step.do);

/** What the view has to tell of a wait; null for what is no wait. */
function toldOf(step: Step): object | null {
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

test('whoever waits is told of as waiting, for whom or for what, and is woken', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      for (const { at, step, before } of lived(drawn).steps) {
        const told = toldOf(step);
        if (told === null) continue;
        expect(viewOf(before, at)).toMatchObject(told);
        const { soon, later } = wakeAt(before, at);
        const next = Math.min(soon ?? Infinity, later ?? Infinity);
        expect(next).toBeGreaterThan(at);
        expect(next).toBeLessThan(Infinity);
      }
    }),
    PARAMETERS,
  );
});

test('AR24 is called some forty times an hour at most where nothing happens, and soon much less', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      const it = lived(drawn);
      const from = it.now;
      it.pass(2 * DAY);
      const calls = it.steps.filter((s) => s.at >= from && isCall(s)).map(({ at }) => at);
      for (const at of calls) {
        const within = calls.filter((other) => other >= at && other < at + HOUR);
        expect(within.length).toBeLessThanOrEqual(MOST_CALLS_AN_HOUR);
      }
      const onTheSecondDay = calls.filter((at) => at >= from + DAY);
      expect(onTheSecondDay.length).toBeLessThanOrEqual(MOST_CALLS_A_DAY);
    }),
    PARAMETERS,
  );
});
