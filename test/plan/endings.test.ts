/** Every ending is true: AR24 was asked last, and said so. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome } from '../../workflows/contract/index.ts';
import { waitingFor } from '../../workflows/state/requirements.ts';
import type { Recorded } from './life.ts';
import { life, lived } from './lives.ts';

const PARAMETERS = { numRuns: 10_000, maxSkipsPerRun: 0 } as const;
/** Longer than any deadline. */
const MONTHS = { what: 'time', minutes: 60 * 24 * 60 } as const;

/** The step that ended a life in this way, if it did. */
function endings(kind: Outcome['kind'], steps: readonly Recorded[]) {
  return steps.filter(({ step }) => step.do === 'finish' && step.outcome.kind === kind);
}

test('nobody is given up without a good look after the deadline, or while there is a problem', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      const it = lived({ ...drawn, happenings: [...drawn.happenings, MONTHS, MONTHS] });
      for (const { at, before, truth } of endings('expired', it.steps)) {
        expect(at).toBeGreaterThanOrEqual(before.deadlineAt);
        expect(before.lastLook?.at).toBeGreaterThanOrEqual(before.deadlineAt);
        expect(before.problem).toBeNull();
        expect(waitingFor(before)).not.toEqual([]);
        expect(truth.kind === 'attached' && waitingFor(before).includes('attachment')).toBe(false);
      }
      for (const { lastedMs, deadlineMovedMs } of it.mended) {
        expect(deadlineMovedMs).toBeGreaterThanOrEqual(lastedMs);
      }
    }),
    PARAMETERS,
  );
});

test('nobody has refused whose account AR24 shows', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      for (const { before, truth } of endings('refused', lived(drawn).steps)) {
        expect(truth.kind).not.toBe('attached');
        expect(before.lastLook?.at).toBeGreaterThanOrEqual(before.claims.refusal?.at ?? Infinity);
      }
    }),
    PARAMETERS,
  );
});

test('whoever is ready has all that is required, from AR24 or from an operator', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      for (const { before } of endings('ready', lived(drawn).steps)) {
        const overridden = before.overrides.map(({ requirement }) => requirement);
        for (const required of ['email', 'terms', 'profile', ...before.request.require] as const) {
          expect(overridden.includes(required) || before.account?.[required] === 'yes').toBe(true);
        }
      }
    }),
    PARAMETERS,
  );
});
