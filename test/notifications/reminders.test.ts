/** The partner reminds the person of everything that AR24 has no mail for. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../workflows/contract/index.ts';
import { withinHours } from '../../workflows/plan/hours.ts';
import { CLAIM_TRUSTED_MS } from '../../workflows/plan/reminders.ts';
import { statusOf, waitingFor } from '../../workflows/state/requirements.ts';
import { viewOf } from '../../workflows/show/view.ts';
import { Simulation } from '../plan/simulation.ts';
import { scenario, simulate } from '../plan/scenarios.ts';
import { draws } from '../support/draws.ts';
import { onboardingRequest } from '../support/people.ts';

const RUNS = draws(10_000);
const NOTIFYING = { ...DEFAULT_POLICY, notify: true };
const DAY = 86_400_000;
const OURS = ['registration', 'email', 'profile'] as const;

const remindersIn = ({ steps }: Simulation) =>
  steps.filter(({ step }) => step.do === 'remind-by-partner');

test('reminders are sent within their hours and number, and never to a person who has acted', () => {
  let reminders = 0;
  fc.assert(
    fc.property(scenario, (drawn) => {
      const it = simulate(drawn, NOTIFYING);
      const spells = new Map<number, number>();
      for (const { at, before: s } of remindersIn(it)) {
        reminders++;
        const open = OURS.filter((what) => waitingFor(s).includes(what));
        expect(open).not.toEqual([]);
        expect(s.problem).toBeNull();
        expect(withinHours(at, NOTIFYING.reminderHours)).toBe(at);
        const { since } = s.waiting;
        const nth = spells.get(since) ?? 0;
        expect(at - since).toBeGreaterThanOrEqual((NOTIFYING.reminderDays[nth] ?? Infinity) * DAY);
        spells.set(since, nth + 1);
        const saidAt = open.join() === 'email' ? s.claims.email?.at : undefined;
        expect(at - (saidAt ?? 0)).toBeGreaterThanOrEqual(CLAIM_TRUSTED_MS);
      }
    }),
    { numRuns: RUNS, maxSkipsPerRun: 0 },
  );
  expect(reminders).toBeGreaterThan(RUNS / 10);
});

test('a partner without notifications is asked for no reminder, and all else is the same', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      const [notified, silent] = [simulate(drawn, NOTIFYING), simulate(drawn)];
      expect(remindersIn(silent)).toEqual([]);
      expect(statusOf(notified.sender)).toBe(statusOf(silent.sender));
      expect(notified.ar24.creations).toBe(silent.ar24.creations);
      expect(notified.sender.requests).toEqual(silent.sender.requests);
    }),
    { numRuns: draws(2_000), maxSkipsPerRun: 0 },
  );
});

test('a missing form: reminders after 2, 5, 10 and 20 days, each announced as the next one', () => {
  const it = new Simulation(onboardingRequest(), NOTIFYING);
  const announced: number[] = [];
  for (let day = 0; day < 29; day++) {
    const { nextReminder } = viewOf(it.sender, it.now);
    if (nextReminder !== null) announced.push(Date.parse(nextReminder));
    it.pass(DAY);
  }
  const sent = remindersIn(it).map(({ at }) => at);
  expect(sent).toEqual([...new Set(announced)]);
  // The tenth and the twentieth day after Monday, 2 March 2026, are a Thursday and a Sunday.
  expect(sent.map((at) => new Date(at).toISOString().slice(0, 10))).toEqual([
    '2026-03-04',
    '2026-03-07',
    '2026-03-12',
    '2026-03-23',
  ]);
});
