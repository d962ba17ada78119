import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withinHours } from '../../workflows/plan/hours.ts';
import { CLAIM_TRUSTED_MS } from '../../workflows/plan/reminders.ts';
import type { Step } from '../../workflows/plan/steps.ts';
import { statusOf } from '../../workflows/state/requirements.ts';
import { viewOf } from '../../workflows/show/view.ts';
import { draws } from '../support/draws.ts';
import { registrationForm } from '../support/people.ts';
import { anyLifeEvent, accountConfusion, type LifeEvent, type InCall } from './life-event.ts';
import { scenario, simulate } from './scenarios.ts';

/** Sequences of events; in CI more than 100,000 in all tests below. */
const PARAMETERS = { numRuns: draws(15_000), maxSkipsPerRun: 0 } as const;

function requestOf(step: Step): 'access' | 'terms' | 'payment' | undefined {
  switch (step.do) {
    case 'request-access':
      return 'access';
    case 'request-terms':
      return 'terms';
    case 'request-payment':
      return 'payment';
    default:
      return undefined;
  }
}

function correctsAddress(h: LifeEvent | InCall): boolean {
  return h.what === 'in-call' ? h.brings.some(correctsAddress) : h.what === 'correct-address';
}

test('there is at most one outcome, and it never changes', () => {
  fc.assert(
    fc.property(scenario, fc.array(anyLifeEvent, { maxLength: 5 }), (drawn, later) => {
      const it = simulate(drawn);
      const { outcome } = it.sender;
      for (const h of later) it.apply(h);
      expect(outcome === null || it.sender.outcome === outcome).toBe(true);
      expect(it.steps.filter(({ step }) => step.do === 'finish').length).toBeLessThanOrEqual(1);
    }),
    PARAMETERS,
  );
});

test('an account is created at most once, unless an operator saw that it was gone', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      const it = simulate(drawn);
      expect(it.ar24.creations).toBeLessThanOrEqual(1 + it.startedOver + it.unseenDeletions);
      expect(it.ar24.blindCreations).toBe(0);
      const whileHeld = it.steps.filter(
        ({ step, before }) => step.do === 'create-account' && before.access.held !== null,
      );
      expect(whileHeld).toEqual([]);
    }),
    PARAMETERS,
  );
});

test('reminders are within their hours and number, and never sent after the person has acted', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      const it = simulate(drawn);
      const { reminderDays, reminderHours } = it.sender.policy;
      for (const { at, step, before, truth } of it.steps) {
        const what = requestOf(step);
        // An absent account is not mailed: this call only finds out that it is absent.
        if (truth.kind === 'absent') continue;
        const request = what && before.requests[what];
        const onPurpose = before.remindNow.length > 0 || request?.unconfirmedInARow === 1;
        const isReminder = request !== undefined && before.problem === null && !onPurpose;
        if (!isReminder) continue;
        expect(withinHours(at, reminderHours)).toBe(at);
        expect(request.reminders).toBeLessThan(reminderDays.length);
        const claim = { access: before.claims.attachment, terms: before.claims.terms };
        const saidAt = what === 'payment' ? undefined : what && claim[what]?.at;
        expect(at - (saidAt ?? 0)).toBeGreaterThanOrEqual(CLAIM_TRUSTED_MS);
      }
    }),
    PARAMETERS,
  );
});

test('an identity is ordered at most once for an account, even if an operator starts over', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      const it = simulate({ ...drawn, request: { ...drawn.request, require: ['identity'] } });
      expect([...it.ar24.identityOrders.values()].filter((orders) => orders !== 1)).toEqual([]);
    }),
    PARAMETERS,
  );
});

test('an identity is ordered at most once for an account, whatever happens during the order', () => {
  const request = { emailVerified: true, require: ['identity'] };
  const seen = [{ what: 'opens-account' }, { what: 'accepts-access' }] as const;
  fc.assert(
    fc.property(scenario, accountConfusion, ({ lifeEvents }, inOrder) => {
      const it = simulate({
        request,
        lifeEvents: [...seen, inOrder, { what: 'polled' }, ...lifeEvents],
      });
      const ordering = it.steps.filter(({ step }) => step.do === 'order-identity');
      expect(ordering).not.toEqual([]);
      for (const orders of it.ar24.identityOrders.values()) expect(orders).toBe(1);
    }),
    PARAMETERS,
  );
});

test('a sender who has done everything becomes ready, however late, unless it ended before', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      const it = simulate({
        // Nobody vouches for a corrected address, so its account is for the operator to decide.
        lifeEvents: drawn.lifeEvents.filter((h) => !correctsAddress(h)),
        request: { ...drawn.request, emailVerified: true, registration: registrationForm() },
      });
      if (it.sender.outcome || it.sender.cancel) return;
      it.dropEventsDuringCalls();
      it.ar24.trouble = 'none';
      it.ar24.refusesForm = false;
      it.ar24.openAccount();
      it.ar24.account?.attach('ours');
      it.ar24.account?.settle('email', 'terms', 'profile', 'payment', 'identity');
      // The deadline passes without a hint, so the last read has to show it.
      it.pass(80 * 24 * 3_600_000);
      expect(viewOf(it.sender, it.now).outcome?.kind).toBe('ready');
    }),
    PARAMETERS,
  );
});

test('every moment can be shown, and the version only grows', () => {
  fc.assert(
    fc.property(scenario, (drawn) => {
      const { steps } = simulate(drawn);
      const versions = steps.map(({ before }) => before.meta.version);
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
      const views = steps.map(({ at, before }) => viewOf(before, at));
      expect(views.map(({ status }) => status)).toEqual(
        steps.map(({ before }) => statusOf(before)),
      );
      // Masked, an address is one character, a sign for the others, and its domain.
      expect(JSON.stringify(views)).not.toMatch(/[^…]@/);
    }),
    { ...PARAMETERS, numRuns: draws(5_000) },
  );
});
