/** Starts and updates, as somebody sends them by hand: what the workflow lets through, it can live with. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DEFAULT_POLICY,
  type AskResult,
  type CorrectAddress,
  type OnboardingStart,
  type Overridable,
  type RegistrationForm,
} from '../../workflows/contract/index.ts';
import { isNotification } from '../../workflows/notify/shape.ts';
import { plan, wakeAt } from '../../workflows/plan/plan.ts';
import {
  faultInAddress,
  faultInCancel,
  faultInForm,
  faultInOverride,
  faultInStart,
} from '../../workflows/shapes.ts';
import { attributesOf } from '../../workflows/show/attributes.ts';
import { detailsOf } from '../../workflows/show/details.ts';
import { viewOf } from '../../workflows/show/view.ts';
import type { Event } from '../../workflows/state/events.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import { newSender, type Sender } from '../../workflows/state/sender.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { CANARY, hostileValue, mutated, runs } from './hostile.ts';

const NOW = Date.parse('2026-03-02T09:30:00Z');
const DAY = 86_400_000;
const START = {
  request: onboardingRequest({ registration: registrationForm(), require: ['payment'] }),
  policy: { ...DEFAULT_POLICY, notify: true },
  askedBefore: false,
  identityOrderedBefore: true,
};
const begun = (): Sender => newSender(START, NOW);

/** All that the workflow does with a state: as it is, once the holder was asked, and where a form is awaited. */
function expectLivable(sender: Sender): void {
  const from = { at: NOW, startedAt: NOW, email: sender.request.email };
  const answered = (asked: AskResult['asked']): Sender =>
    reduce(sender, { kind: 'access-requested', result: { sighting: null, asked }, ...from });
  expectPlanned(sender);
  expectPlanned(answered({ kind: 'taken', answersLost: 0 }));
  expectPlanned(
    reduce(answered({ kind: 'refused', slug: 'user_not_exist', field: undefined }), {
      kind: 'looked',
      sighting: { kind: 'absent' },
      ...from,
    }),
  );
}

function expectPlanned(sender: Sender): void {
  for (const at of [NOW, NOW + DAY, NOW + 40 * DAY]) {
    plan(sender, at);
    const { soon, later } = wakeAt(sender, at);
    expect(Number.isNaN(soon ?? 0) || Number.isNaN(later ?? 0)).toBe(false);
    const view = viewOf(sender, at);
    expect(detailsOf(view).length).toBeLessThan(20_000);
    attributesOf(view, sender.emailHash);
  }
  expect(() => JSON.stringify(sender)).not.toThrow();
}

/** @returns how many were let through */
function fuzz(
  valid: unknown,
  faultIn: (value: unknown) => string | null,
  then: (value: unknown) => void,
): number {
  let taken = 0;
  const value = fc.oneof({ weight: 5, arbitrary: mutated(valid) }, hostileValue, fc.anything());
  fc.assert(
    fc.property(value, (one) => {
      const fault = faultIn(one);
      if (fault === null) {
        taken += 1;
        then(one);
        return;
      }
      expect(fault).not.toContain(CANARY);
      expect(fault.length).toBeLessThan(200);
    }),
    runs(1_200),
  );
  return taken;
}

describe('what is let through can be planned for, shown and carried over', () => {
  test('a start', () => {
    const taken = fuzz(START, faultInStart, (start) => {
      expectLivable(newSender(start as OnboardingStart, NOW));
    });
    expect(taken).toBeGreaterThan(40);
  });

  test('a form', () => {
    const taken = fuzz(registrationForm(), faultInForm, (form) => {
      const event: Event = { kind: 'registered', form: form as RegistrationForm, at: NOW };
      expectLivable(reduce(begun(), event));
    });
    expect(taken).toBeGreaterThan(40);
  });

  test('a corrected address', () => {
    const address = { email: 'zoe@example.org', emailHash: '1.abc', emailVerified: true };
    const taken = fuzz(address, faultInAddress, (corrected) => {
      const event: Event = {
        kind: 'address-corrected',
        address: corrected as CorrectAddress,
        at: NOW,
      };
      expectLivable(reduce(begun(), event));
    });
    expect(taken).toBeGreaterThan(40);
  });

  test('a cancellation', () => {
    const taken = fuzz({ by: 'jeanne', reason: 'left' }, faultInCancel, (cancel) => {
      const { by, reason } = cancel as { readonly by: string; readonly reason: string };
      expectLivable(reduce(begun(), { kind: 'cancelled', by, reason, at: NOW }));
    });
    expect(taken).toBeGreaterThan(40);
  });

  test('an override', () => {
    const override = { requirement: 'identity', by: 'jeanne', reason: 'seen on paper' };
    const taken = fuzz(override, faultInOverride, (one) => {
      const { requirement, by, reason } = one as {
        readonly requirement: Overridable;
        readonly by: string;
        readonly reason: string;
      };
      expectLivable(reduce(begun(), { kind: 'overridden', requirement, by, reason, at: NOW }));
    });
    expect(taken).toBeGreaterThan(40);
  });
});

test('a notification is one, or left aside', () => {
  const notification = {
    type: 'onboarding.updated',
    sequence: 1,
    at: '2026-03-02T09:30:00Z',
    view: viewOf(begun(), NOW),
  };
  fc.assert(
    fc.property(fc.oneof(mutated(notification), hostileValue, fc.anything()), (message) => {
      if (!isNotification(message)) return;
      const { type, sequence, at, view } = message;
      expect([typeof type, typeof at, typeof view]).toEqual(['string', 'string', 'object']);
      expect(Number.isSafeInteger(sequence)).toBe(true);
    }),
    runs(500),
  );
});
