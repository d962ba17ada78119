/** Starts and updates, sent by hand: every one that the workflow accepts can be planned for. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DEFAULT_POLICY,
  type RequestResult,
  type CorrectAddress,
  type OnboardingStart,
  type Overridable,
  type Prefill,
  type RegistrationForm,
  type ReportedAddress,
} from '../../workflows/contract/index.ts';
import { isNotification } from '../../workflows/notify/outbox.ts';
import { plan, wakeAt } from '../../workflows/plan/plan.ts';
import {
  invalidAddress,
  invalidCancel,
  invalidFields,
  invalidForm,
  invalidOverride,
  invalidReport,
  invalidStart,
} from '../../workflows/shapes.ts';
import { attributesOf } from '../../workflows/show/attributes.ts';
import { detailsOf } from '../../workflows/show/details.ts';
import { viewOf } from '../../workflows/show/view.ts';
import type { Event } from '../../workflows/state/events.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import { newSender } from '../../workflows/state/new-sender.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { inProportion } from '../support/draws.ts';
import { CANARY, hostileValue, mutated, runs } from './hostile.ts';

const NOW = Date.parse('2026-03-02T09:30:00Z');
const DAY = 86_400_000;
const START = {
  request: onboardingRequest({ registration: registrationForm(), require: ['payment'] }),
  policy: { ...DEFAULT_POLICY, notify: true },
  accessRequestedBefore: false,
  emailHashes: ['1.own'],
  identityOrderedBefore: true,
};
const started = (): Sender => newSender(START, NOW);

/**
 * All that the workflow does with a state: as it is, after an access request, and while a form is
 * awaited.
 */
function expectUsable(sender: Sender): void {
  const from = { at: NOW, startedAt: NOW, email: sender.request.email };
  const answered = (result: RequestResult['answer']): Sender =>
    reduce(sender, {
      kind: 'access-requested',
      result: { snapshot: null, answer: result },
      ...from,
    });
  expectPlanned(sender);
  expectPlanned(answered({ kind: 'sent' }));
  expectPlanned(
    reduce(answered({ kind: 'refused', slug: 'user_not_exist', field: undefined }), {
      kind: 'account-read',
      snapshot: { kind: 'absent' },
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
    attributesOf(view, sender);
  }
  expect(() => JSON.stringify(sender)).not.toThrow();
}

/** @returns how many were accepted */
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

describe('every accepted message can be planned for, shown and carried over', () => {
  test('a start', () => {
    const taken = fuzz(START, invalidStart, (start) => {
      expectUsable(newSender(start as OnboardingStart, NOW));
    });
    expect(taken).toBeGreaterThan(inProportion(40, 1_200));
  });

  test('a form', () => {
    const taken = fuzz(registrationForm(), invalidForm, (form) => {
      const event: Event = { kind: 'registered', form: form as RegistrationForm, at: NOW };
      expectUsable(reduce(started(), event));
    });
    expect(taken).toBeGreaterThan(inProportion(40, 1_200));
  });

  test('a prefill', () => {
    const taken = fuzz(registrationForm(), invalidFields, (given) => {
      const event: Event = { kind: 'prefilled', prefill: given as Prefill, at: NOW };
      expectUsable(reduce(started(), event));
    });
    expect(taken).toBeGreaterThan(inProportion(40, 1_200));
  });

  test('a corrected address', () => {
    const address = {
      email: 'zoe@example.org',
      emailHashes: ['1.abc'],
      emailVerified: true,
      by: 'ops',
    };
    const taken = fuzz(address, invalidAddress, (corrected) => {
      const event: Event = {
        kind: 'address-corrected',
        address: corrected as CorrectAddress,
        at: NOW,
      };
      expectUsable(reduce(started(), event));
    });
    expect(taken).toBeGreaterThan(inProportion(40, 1_200));
  });

  test('a reported address', () => {
    const address = {
      email: 'zoe@example.org',
      emailHashes: ['1.abc'],
      emailVerified: true,
      by: 'event:clerk',
      asOf: NOW,
    };
    const taken = fuzz(address, invalidReport, (reported) => {
      const event: Event = {
        kind: 'address-reported',
        address: reported as ReportedAddress,
        at: NOW,
      };
      expectUsable(reduce(started(), event));
    });
    expect(taken).toBeGreaterThan(inProportion(40, 1_200));
  });

  test('a cancellation', () => {
    const taken = fuzz({ by: 'jeanne', reason: 'left' }, invalidCancel, (cancel) => {
      const { by, reason } = cancel as { readonly by: string; readonly reason: string };
      expectUsable(reduce(started(), { kind: 'cancelled', by, reason, at: NOW }));
    });
    expect(taken).toBeGreaterThan(inProportion(40, 1_200));
  });

  test('an override', () => {
    const override = { requirement: 'identity', by: 'jeanne', reason: 'seen on paper' };
    const taken = fuzz(override, invalidOverride, (one) => {
      const { requirement, by, reason } = one as {
        readonly requirement: Overridable;
        readonly by: string;
        readonly reason: string;
      };
      expectUsable(reduce(started(), { kind: 'overridden', requirement, by, reason, at: NOW }));
    });
    expect(taken).toBeGreaterThan(inProportion(40, 1_200));
  });
});

test('any value is a notification or is ignored', () => {
  const notification = {
    type: 'onboarding.updated',
    sequence: 1,
    at: '2026-03-02T09:30:00Z',
    view: viewOf(started(), NOW),
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
