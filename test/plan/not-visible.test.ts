/** Fields that AR24 does not show: hidden is not the same as no, and makes no sender ready. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_POLICY, type Account } from '../../workflows/contract/index.ts';
import { plan } from '../../workflows/plan/plan.ts';
import { viewOf } from '../../workflows/show/view.ts';
import type { Event } from '../../workflows/state/events.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { draws } from '../support/draws.ts';
import { anyEvent } from './any-event.ts';
import {
  ABSENT,
  DAY,
  MINUTE,
  START,
  SENT,
  acting,
  answer,
  attached,
  senderAfter,
  accountRead,
  then,
} from './events.ts';

const ALL = {
  email: 'yes',
  terms: 'yes',
  profile: 'yes',
  payment: 'yes',
  identity: 'yes',
} as const;
const OURS = { emailVerified: true, require: ['payment', 'identity'] } as const;
type FlagName = keyof typeof ALL;

const found = (flags: Partial<Account>): Sender =>
  senderAfter([accountRead(attached({ ...ALL, ...flags }), START)], OURS);
const overridden = (requirement: FlagName | 'operator'): Event => ({
  kind: 'overridden',
  requirement,
  by: 'ops',
  reason: 'seen on paper',
  at: START + MINUTE,
});
const NOW = START + MINUTE;

const FLAGS = ['email', 'terms', 'profile', 'payment', 'identity'] as const;

test.each(FLAGS)('%s hidden: the operator is asked at once, and nobody is mailed', (flag) => {
  const sender = found({ [flag]: 'unseen' });
  expect(plan(sender, NOW)).toEqual({ do: 'ask-operator', question: 'not-visible' });
  expect(viewOf(sender, NOW)).toMatchObject({
    status: 'awaiting-operator',
    waitingFor: [flag, 'operator'],
    question: 'not-visible',
    notVisible: [flag],
    nextReminder: null,
  });
});

test.each(FLAGS)('%s hidden, and the operator confirms it by name or by yes', (flag) => {
  for (const decision of [flag, 'operator'] as const) {
    const sender = then(found({ [flag]: 'unseen' }), overridden(decision));
    expect(plan(sender, NOW)).toMatchObject({
      do: 'finish',
      outcome: { kind: 'ready', overrides: [{ requirement: flag, by: 'ops' }] },
    });
  }
});

test.each(['email', 'terms', 'profile', 'payment'] as const)(
  '%s hidden, overridden, and then shown as not done: not ready',
  (flag) => {
    const hidden = { [flag]: 'unseen', identity: 'no' } as const;
    const sender = then(
      found(hidden),
      overridden(flag),
      accountRead(attached({ ...ALL, [flag]: 'no' }), NOW),
    );
    expect(plan(sender, NOW)).not.toMatchObject({ do: 'finish' });
    expect(viewOf(sender, NOW)).toMatchObject({ status: `awaiting-${flag}`, question: null });
  },
);

test("the operator's yes covers what was hidden then, and nothing that is hidden later", () => {
  const sender = then(
    found({ email: 'unseen', identity: 'no' }),
    overridden('operator'),
    accountRead(attached({ ...ALL, email: 'unseen', terms: 'unseen' }), NOW),
  );
  expect(viewOf(sender, NOW)).toMatchObject({ question: 'not-visible', notVisible: ['terms'] });
});

test('visible requirements continue: the status names one, and the operator is asked too', () => {
  const sender = found({ email: 'no', profile: 'unseen' });
  expect(viewOf(sender, NOW)).toMatchObject({
    status: 'awaiting-email',
    waitingFor: ['email', 'profile', 'operator'],
    notVisible: ['profile'],
  });
});

test('the paid order waits until nothing else is hidden, and is not placed for a hidden identity', () => {
  expect(plan(found({ email: 'unseen', identity: 'no' }), NOW)).toMatchObject({
    do: 'ask-operator',
  });
  expect(plan(found({ identity: 'unseen' }), NOW)).toMatchObject({ do: 'ask-operator' });
  expect(plan(found({ identity: 'no' }), NOW)).toMatchObject({ do: 'order-identity' });
});

test('hidden terms are no question if a claim can prove them: they are mailed, and claimed', () => {
  const hidden = attached({ ...ALL, terms: 'unseen' });
  const sender = senderAfter([accountRead(hidden, START)], OURS, { termsProof: 'claim' });
  expect(plan(sender, NOW)).toMatchObject({ do: 'request-terms' });
  const mailed = then(sender, answer('terms-requested', SENT, null, NOW));
  expect(viewOf(mailed, NOW)).toMatchObject({ status: 'awaiting-terms', question: null });
});

test('a policy by which a claim proves the terms ends an open question about hidden terms', () => {
  const hidden = attached({ ...ALL, terms: 'unseen' });
  const sender = senderAfter([accountRead(hidden, START)], OURS);
  expect(viewOf(sender, NOW)).toMatchObject({ question: 'not-visible' });
  const policy = { ...DEFAULT_POLICY, termsProof: 'claim' } as const;
  const applied = then(sender, { kind: 'policy-read', policy, fingerprint: 'by-claim', at: NOW });
  expect(viewOf(applied, NOW)).toMatchObject({ question: null, waitingFor: ['terms'] });
  expect(plan(applied, NOW)).toMatchObject({ do: 'request-terms' });
});

test('for an account that we created, hidden terms are mailed once, and not by reminders', () => {
  const hidden = attached({ email: 'no', terms: 'unseen' });
  const sender = senderAfter([
    answer('access-requested', { kind: 'refused', slug: 'user_not_exist' }, ABSENT, START),
    acting('create-account', START),
    accountRead(attached({ email: 'no', terms: 'unseen', customRef: 'customer-42' }), START),
  ]);
  expect(plan(sender, NOW)).toMatchObject({ do: 'request-terms' });
  const mailed = then(
    sender,
    answer('terms-requested', SENT, null, NOW),
    accountRead({ ...hidden, account: { ...hidden.account, customRef: 'customer-42' } }, NOW),
  );
  expect(plan(mailed, NOW + 25 * DAY)).toMatchObject({ do: 'ask-operator' });
});

test('no sender becomes ready by a hidden field, unless somebody confirmed it', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), fc.boolean(), (events, optional) => {
      let sender = senderAfter([], optional ? OURS : { emailVerified: true });
      for (const event of events) {
        sender = then(sender, event);
        const step = plan(sender, event.at);
        if (step.do !== 'finish' || step.outcome.kind !== 'ready') continue;
        const { access, policy, overrides, claims, requests } = sender;
        const account = access.held?.account;
        for (const flag of FLAGS) {
          const isOptional = flag === 'payment' || flag === 'identity';
          if (isOptional && !optional) continue;
          const byOperator = overrides.some(({ requirement }) => requirement === flag);
          const byClaim =
            flag === 'terms' && policy.termsProof === 'claim' && claims.terms && requests.terms;
          const isShown = account?.[flag] === 'yes';
          const isDenied = account?.[flag] === 'no' && flag !== 'identity';
          expect(isShown || byClaim || (byOperator && !isDenied)).toBeTruthy();
        }
      }
    }),
    { numRuns: draws(5_000) },
  );
});
