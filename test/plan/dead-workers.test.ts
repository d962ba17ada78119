/** A worker dies during a request, and Temporal reports a time-out: AR24 may have carried it out. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plan } from '../../workflows/plan/plan.ts';
import type { CallKind, Sender } from '../../workflows/state/sender.ts';
import { onboardingRequest } from '../support/people.ts';
import {
  ABSENT,
  answer,
  attached,
  failed,
  senderAfter,
  accountRead,
  MINUTE,
  NOT_NEEDED,
  START,
  SENT,
  then,
  UNAVAILABLE,
} from './events.ts';
import type { LifeEvent, InCall } from './life-event.ts';
import { Simulation } from './simulation.ts';

const RUNS = 5_000 * Number(process.env.FAST_CHECK_FACTOR ?? 1);
const TIMED_OUT = { problem: 'unreachable', delivered: 'unknown' } as const;
const untermed = attached({ email: 'yes' });
const unpaid = attached({ email: 'yes', terms: 'yes' });

const timedOut = (s: Sender, call: CallKind, at: number) =>
  then(s, failed(call, TIMED_OUT, at, START));

test.each([
  ['access', 'request-access', UNAVAILABLE, []],
  ['terms', 'request-terms', untermed, []],
  ['payment', 'request-payment', unpaid, ['payment']],
] as const)(
  '%s: a request that timed out counts as unconfirmed, is repeated at once, and then left to the reminder',
  (what, call, shown, require) => {
    const before = senderAfter([accountRead(shown, START)], { emailVerified: true, require });
    expect(plan(before, START)).toMatchObject({ do: call });
    const once = timedOut(before, call, START + MINUTE);
    expect(once.problem).toBeNull();
    expect(once.requests[what]).toMatchObject({ times: 1, unconfirmed: 1 });
    expect(plan(once, START + MINUTE)).toMatchObject({ do: call });
    const twice = timedOut(once, call, START + 2 * MINUTE);
    expect(twice.requests[what]).toMatchObject({ times: 2, unconfirmed: 2 });
    expect(plan(twice, START + 2 * MINUTE)).toEqual({ do: 'wait-for-repair' });
  },
);

test('an identity order that timed out counts as placed, and the operator decides', () => {
  const paid = attached({ email: 'yes', terms: 'yes' });
  const before = senderAfter([accountRead(paid, START)], {
    emailVerified: true,
    require: ['identity'],
  });
  expect(plan(before, START)).toMatchObject({ do: 'order-identity' });
  const after = timedOut(before, 'order-identity', START + MINUTE);
  expect(plan(after, START + MINUTE)).toEqual({
    do: 'ask-operator',
    question: 'identity-order-lost',
  });
});

test('the first request for access follows a read of its own, and rests on it', () => {
  const unread = senderAfter([]);
  expect(plan(unread, START)).toMatchObject({ do: 'read-account' });
  const read = then(unread, accountRead(UNAVAILABLE, START));
  const request = { do: 'request-access', unlessChangedFrom: UNAVAILABLE };
  expect(plan(read, START + MINUTE)).toMatchObject({ ...request, readFirst: false });
  expect(plan(read, START + 2 * MINUTE)).toMatchObject({ ...request, readFirst: true });
});

test('an account that was attached before any request was not attached on our request', () => {
  const changed = answer('access-requested', NOT_NEEDED, attached(), START + 2 * MINUTE);
  expect(senderAfter([accountRead(UNAVAILABLE, START), changed]).access.held?.via).toBe('found');
});

test('a refused request for an address without an account needs no read within it', () => {
  const refused = { kind: 'refused', slug: 'user_not_exist' } as const;
  const sender = senderAfter([
    accountRead(ABSENT, START),
    answer('access-requested', refused, null, START),
  ]);
  expect(sender.access.kind).toBe('no-account');
});

test('a request for an address without an account that timed out asked nobody', () => {
  const sender = timedOut(
    senderAfter([accountRead(ABSENT, START)]),
    'request-access',
    START + MINUTE,
  );
  expect(sender).toMatchObject({
    access: { kind: 'unknown' },
    requests: { access: { unconfirmed: 1 } },
  });
  expect(plan(sender, START + MINUTE)).toMatchObject({ do: 'request-access', readFirst: true });
});

test('a repetition that AR24 answers ends the doubt', () => {
  const once = timedOut(
    senderAfter([accountRead(UNAVAILABLE, START)]),
    'request-access',
    START + MINUTE,
  );
  const sent = then(once, answer('access-requested', SENT, UNAVAILABLE, START + MINUTE));
  expect(sent.requests.access).toMatchObject({ times: 2, unconfirmed: 1, unconfirmedInARow: 0 });
});

const holderActs = fc.subarray<LifeEvent>([
  { what: 'accepts-access' },
  { what: 'time', minutes: 1 },
]);
const death: fc.Arbitrary<InCall> = fc.record({
  what: fc.constant('in-call' as const),
  brings: holderActs,
  ar24: fc.constantFrom('early', 'late'),
  isCutOff: fc.constant(false),
  workerDies: fc.boolean(),
});
const undisturbed: InCall = {
  what: 'in-call',
  brings: [],
  ar24: 'early',
  isCutOff: false,
  workerDies: false,
};

test('a worker that dies around an access request causes no question, and one mail more for each lost answer at most', () => {
  fc.assert(
    fc.property(fc.array(death, { maxLength: 4 }), (deaths) => {
      const it = new Simulation(onboardingRequest());
      it.ar24.openAccount();
      for (const inCall of [undisturbed, ...deaths]) it.apply(inCall);
      it.apply({ what: 'polled' });
      it.apply({ what: 'time', minutes: 24 * 60 });
      const { access } = it.sender.requests;
      const unconfirmed = access?.unconfirmed ?? 0;
      expect(it.ar24.accessMails).toBeLessThanOrEqual(1 + unconfirmed);
      expect(access?.times).toBeGreaterThanOrEqual(it.ar24.accessMails);
      it.dropEventsDuringCalls();
      it.apply({ what: 'accepts-access' });
      it.apply({ what: 'time', minutes: 7 * 24 * 60 });
      it.apply({ what: 'polled' });
      expect(it.steps.filter(({ step }) => step.do === 'ask-operator')).toEqual([]);
      expect(it.sender).toMatchObject({ outcome: { kind: 'ready', how: 'attached' } });
    }),
    { numRuns: RUNS },
  );
});
