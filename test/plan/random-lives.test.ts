import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withinHours } from '../../workflows/plan/hours.ts';
import { CLAIM_HEEDED_MS } from '../../workflows/plan/reminders.ts';
import type { Step } from '../../workflows/plan/plan.ts';
import { statusOf } from '../../workflows/state/requirements.ts';
import { viewOf } from '../../workflows/show/view.ts';
import { registrationForm } from '../support/people.ts';
import { anyHappening, confusion, type Happening, type InCall } from './happening.ts';
import { life, lived } from './lives.ts';

/** Sequences of events; spread over the tests below, more than 100,000 in all. */
const RUNS = 15_000 * Number(process.env.FAST_CHECK_FACTOR ?? 1);
const PARAMETERS = { numRuns: RUNS, maxSkipsPerRun: 0 } as const;

function askedBy(step: Step): 'access' | 'terms' | 'payment' | undefined {
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

function correctsAddress(h: Happening | InCall): boolean {
  return h.what === 'in-call' ? h.brings.some(correctsAddress) : h.what === 'correct-address';
}

test('there is one outcome at most, and nothing ever leaves it', () => {
  fc.assert(
    fc.property(life, fc.array(anyHappening, { maxLength: 5 }), (drawn, later) => {
      const it = lived(drawn);
      const { outcome } = it.sender;
      for (const h of later) it.happens(h);
      expect(outcome === null || it.sender.outcome === outcome).toBe(true);
      expect(it.steps.filter(({ step }) => step.do === 'finish').length).toBeLessThanOrEqual(1);
    }),
    PARAMETERS,
  );
});

test('an account is created once at most, unless an operator saw that it was gone', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      const it = lived(drawn);
      expect(it.ar24.creations).toBeLessThanOrEqual(1 + it.begunAnew + it.unseenDeletions);
      expect(it.ar24.blindCreations).toBe(0);
      for (const { step, before } of it.steps) {
        if (step.do !== 'create-account') continue;
        expect(before.account).toBeNull();
      }
    }),
    PARAMETERS,
  );
});

test('a reminder comes within its hours and its number, and never to one who has acted', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      const it = lived(drawn);
      const { reminderDays, reminderHours } = it.sender.policy;
      for (const { at, step, before, truth } of it.steps) {
        const what = askedBy(step);
        // Where there is no account any more nobody is mailed: this finds out that there is none.
        if (truth.kind === 'absent') continue;
        const asked = what && before.asked[what];
        const onPurpose = before.remindNow.length > 0 || asked?.unanswered === 1;
        const isReminder = asked !== undefined && before.problem === null && !onPurpose;
        if (!isReminder) continue;
        expect(withinHours(at, reminderHours)).toBe(at);
        expect(asked.reminders).toBeLessThan(reminderDays.length);
        const claim = { access: before.claims.attachment, terms: before.claims.terms };
        const saidAt = what === 'payment' ? undefined : what && claim[what]?.at;
        expect(at - (saidAt ?? 0)).toBeGreaterThanOrEqual(CLAIM_HEEDED_MS);
      }
    }),
    PARAMETERS,
  );
});

test('an identity is ordered once at most for an account, whatever an operator has begun anew', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      const it = lived({ ...drawn, request: { ...drawn.request, require: ['identity'] } });
      for (const orders of it.ar24.identityOrders.values()) expect(orders).toBe(1);
    }),
    PARAMETERS,
  );
});

test('an identity is ordered once at most for an account, whatever comes in the middle of it', () => {
  const request = { emailVerified: true, require: ['identity'] };
  const seen = [{ what: 'opens-account' }, { what: 'accepts-access' }] as const;
  fc.assert(
    fc.property(life, confusion, ({ happenings }, inOrder) => {
      const it = lived({
        request,
        happenings: [...seen, inOrder, { what: 'polled' }, ...happenings],
      });
      const ordering = it.steps.filter(({ step }) => step.do === 'order-identity');
      expect(ordering).not.toEqual([]);
      for (const orders of it.ar24.identityOrders.values()) expect(orders).toBe(1);
    }),
    PARAMETERS,
  );
});

test('whoever has done everything is ready, however late, unless it ended before', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      const it = lived({
        // Nobody vouches for a corrected address: whose its account is, the operator decides.
        happenings: drawn.happenings.filter((h) => !correctsAddress(h)),
        request: { ...drawn.request, emailVerified: true, registration: registrationForm() },
      });
      if (it.sender.outcome || it.sender.cancel) return;
      it.isLeftAlone();
      it.ar24.trouble = 'none';
      it.ar24.refusesForm = false;
      it.ar24.openAccount();
      it.ar24.account?.attach('ours');
      it.ar24.account?.settle('email', 'terms', 'profile', 'payment', 'identity');
      // The deadline passes without a hint: the last look must see it.
      it.pass(80 * 24 * 3_600_000);
      expect(viewOf(it.sender, it.now).outcome?.kind).toBe('ready');
    }),
    PARAMETERS,
  );
});

test('every moment can be shown, and the version only grows', () => {
  fc.assert(
    fc.property(life, (drawn) => {
      let version = 0;
      for (const { at, before } of lived(drawn).steps) {
        expect(before.version).toBeGreaterThanOrEqual(version);
        version = before.version;
        const view = viewOf(before, at);
        expect(view.status).toBe(statusOf(before));
        expect(JSON.stringify(view)).not.toContain('example.org');
      }
    }),
    { ...PARAMETERS, numRuns: RUNS / 3 },
  );
});
