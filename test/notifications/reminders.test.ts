/** The person is reminded by the partner of what AR24 has no mail for. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../workflows/contract/index.ts';
import { withinHours } from '../../workflows/plan/hours.ts';
import { CLAIM_HEEDED_MS } from '../../workflows/plan/reminders.ts';
import { statusOf, waitingFor } from '../../workflows/state/requirements.ts';
import { viewOf } from '../../workflows/show/view.ts';
import { Life } from '../plan/life.ts';
import { life, lived } from '../plan/lives.ts';
import { onboardingRequest } from '../support/people.ts';

const RUNS = 10_000 * Number(process.env.FAST_CHECK_FACTOR ?? 1);
const TOLD = { ...DEFAULT_POLICY, notify: true };
const DAY = 86_400_000;
const OURS = ['registration', 'email', 'profile'] as const;

const remindersIn = ({ steps }: Life) =>
  steps.filter(({ step }) => step.do === 'remind-by-partner');

test('they come within their hours and their number, and never to one who has acted', () => {
  let reminders = 0;
  fc.assert(
    fc.property(life, (drawn) => {
      const it = lived(drawn, TOLD);
      const spells = new Map<number, number>();
      for (const { at, before: s } of remindersIn(it)) {
        reminders++;
        const open = OURS.filter((what) => waitingFor(s).includes(what));
        expect(open).not.toEqual([]);
        expect(s.problem).toBeNull();
        expect(withinHours(at, TOLD.reminderHours)).toBe(at);
        const nth = spells.get(s.since) ?? 0;
        expect(at - s.since).toBeGreaterThanOrEqual((TOLD.reminderDays[nth] ?? Infinity) * DAY);
        spells.set(s.since, nth + 1);
        const saidAt = open.join() === 'email' ? s.claims.email?.at : undefined;
        expect(at - (saidAt ?? 0)).toBeGreaterThanOrEqual(CLAIM_HEEDED_MS);
      }
    }),
    { numRuns: RUNS, maxSkipsPerRun: 0 },
  );
  expect(reminders).toBeGreaterThan(RUNS / 10);
});

test('a partner who is not told is asked for nothing, and all else is the same', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      const [told, untold] = [lived(drawn, TOLD), lived(drawn)];
      expect(remindersIn(untold)).toEqual([]);
      expect(statusOf(told.sender)).toBe(statusOf(untold.sender));
      expect(told.ar24.creations).toBe(untold.ar24.creations);
      expect(told.sender.asked).toEqual(untold.sender.asked);
    }),
    { numRuns: RUNS / 5, maxSkipsPerRun: 0 },
  );
});

test('a form that never comes: after 2, 5, 10 and 20 days, each told as the next reminder', () => {
  const it = new Life(onboardingRequest(), TOLD);
  const announced: number[] = [];
  for (let day = 0; day < 29; day++) {
    const { nextReminder } = viewOf(it.sender, it.now);
    if (nextReminder !== null) announced.push(Date.parse(nextReminder));
    it.pass(DAY);
  }
  const came = remindersIn(it).map(({ at }) => at);
  expect(came).toEqual([...new Set(announced)]);
  // The tenth and the twentieth day after Monday, 2 March 2026, are a Thursday and a Sunday.
  expect(came.map((at) => new Date(at).toISOString().slice(0, 10))).toEqual([
    '2026-03-04',
    '2026-03-07',
    '2026-03-12',
    '2026-03-23',
  ]);
});
