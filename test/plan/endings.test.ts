/** Every outcome is true: AR24 was read last, and showed it. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome } from '../../workflows/contract/index.ts';
import { waitingFor } from '../../workflows/state/requirements.ts';
import { draws } from '../support/draws.ts';
import type { Recorded } from './simulation.ts';
import { scenario, simulate } from './scenarios.ts';

const PARAMETERS = { numRuns: draws(10_000), maxSkipsPerRun: 0 } as const;
/** Longer than any deadline. */
const MONTHS = { what: 'time', minutes: 60 * 24 * 60 } as const;

/** The step that ended a simulation in this way, if one did. */
function endings(kind: Outcome['kind'], steps: readonly Recorded[]) {
  return steps.filter(({ step }) => step.do === 'finish' && step.outcome.kind === kind);
}

test('no onboarding expires without a successful read after the deadline, or while there is a problem', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      const it = simulate({ ...drawn, lifeEvents: [...drawn.lifeEvents, MONTHS, MONTHS] });
      for (const { at, before, truth } of endings('expired', it.steps)) {
        expect(at).toBeGreaterThanOrEqual(before.waiting.deadlineAt);
        expect(before.lastRead?.at).toBeGreaterThanOrEqual(before.waiting.deadlineAt);
        expect(before.problem).toBeNull();
        expect(waitingFor(before)).not.toEqual([]);
        expect(truth.kind === 'attached' && waitingFor(before).includes('attachment')).toBe(false);
      }
      for (const { lastedMs, deadlineMovedMs } of it.endedProblems) {
        expect(deadlineMovedMs).toBeGreaterThanOrEqual(lastedMs);
      }
    }),
    PARAMETERS,
  );
});

test('no onboarding is refused while AR24 shows access', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      for (const { before, truth } of endings('refused', simulate(drawn).steps)) {
        expect(truth.kind).not.toBe('attached');
        expect(before.lastRead?.at).toBeGreaterThanOrEqual(before.claims.refusal?.at ?? Infinity);
      }
    }),
    PARAMETERS,
  );
});

test('a ready sender has everything that is required, from AR24 or from an operator', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      for (const { before } of endings('ready', simulate(drawn).steps)) {
        const overridden = before.overrides.map(({ requirement }) => requirement);
        for (const required of ['email', 'terms', 'profile', ...before.request.require] as const) {
          expect(
            overridden.includes(required) || before.access.held?.account[required] === 'yes',
          ).toBe(true);
        }
      }
    }),
    PARAMETERS,
  );
});
