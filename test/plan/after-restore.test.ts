/** Temporal was restored from a backup: an identity order that it may have forgotten is not placed without an operator. */
import { expect, test } from '@jest/globals';
import { plan } from '../../workflows/plan/plan.ts';
import type { Event } from '../../workflows/state/events.ts';
import { viewOf } from '../../workflows/show/view.ts';
import {
  ABSENT,
  accountRead,
  attached,
  HOUR,
  MINUTE,
  senderAfter,
  START,
  then,
  UNAVAILABLE,
} from './events.ts';

const REQUEST = { emailVerified: true, require: ['identity'] } as const;
const COMPLETE = attached({ email: 'yes', terms: 'yes' });

const withheld = (at: number): Event => ({
  kind: 'identity-ordered',
  result: { snapshot: COMPLETE, answer: { kind: 'withheld' } },
  startedAt: at,
  at,
  email: senderAfter([]).request.email,
});

const allowed = (at: number): Event => ({
  kind: 'overridden',
  requirement: 'operator',
  by: 'ops',
  reason: 'AR24 has no order',
  at,
});

test('an account that was complete at the first read: nothing excludes an earlier order', () => {
  const sender = senderAfter([accountRead(COMPLETE, START)], REQUEST);
  expect(plan(sender, START)).toMatchObject({ do: 'order-identity', excludedAt: null });
});

test.each([
  ['no account', ABSENT],
  ['an account without access', UNAVAILABLE],
  ['terms that are not accepted', attached({ email: 'yes', terms: 'no' })],
])('a read that showed %s excludes an order before that read began', (_, shown) => {
  const sender = senderAfter(
    [accountRead(shown, START + MINUTE, START + 1_000), accountRead(COMPLETE, START + HOUR)],
    REQUEST,
  );
  expect(plan(sender, START + HOUR)).toMatchObject({
    do: 'order-identity',
    excludedAt: START + 1_000,
  });
});

test('terms that a claim may prove exclude nothing: the claim may be forgotten, too', () => {
  const sender = senderAfter(
    [
      accountRead(attached({ email: 'yes', terms: 'no' }), START),
      accountRead(COMPLETE, START + HOUR),
    ],
    REQUEST,
    { termsProof: 'claim' },
  );
  expect(plan(sender, START + HOUR)).toMatchObject({ excludedAt: null });
});

test('a field that AR24 does not show excludes nothing: it may have been overridden', () => {
  const sender = senderAfter(
    [
      accountRead(attached({ email: 'yes', terms: 'unseen' }), START),
      accountRead(COMPLETE, START + HOUR),
    ],
    REQUEST,
  );
  expect(plan(sender, START + HOUR)).toMatchObject({ excludedAt: null });
});

test('a withheld order is a question, which only an operator or AR24 answers', () => {
  const sender = senderAfter([accountRead(COMPLETE, START), withheld(START + 1)], REQUEST);
  expect(plan(sender, START + HOUR)).toEqual({
    do: 'ask-operator',
    question: 'order-after-restore',
  });
  expect(viewOf(sender, START + HOUR)).toMatchObject({
    status: 'awaiting-operator',
    requests: [],
  });
  const verified = then(
    sender,
    accountRead(attached({ email: 'yes', terms: 'yes', identity: 'yes' }), START + HOUR),
  );
  expect(plan(verified, START + HOUR)).toMatchObject({ do: 'finish', outcome: { kind: 'ready' } });
});

test('the operator says that there is none: it is ordered', () => {
  const sender = senderAfter([accountRead(COMPLETE, START), withheld(START + 1)], REQUEST);
  const at = START + HOUR;
  expect(plan(then(sender, allowed(at)), at)).toMatchObject({
    do: 'order-identity',
    excludedAt: at,
  });
});
