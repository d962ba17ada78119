/** The identity is paid for: ordered once for an account, whatever else happens. */
import { expect, test } from '@jest/globals';
import { PROBLEM_KINDS } from '../../workflows/contract/index.ts';
import { plan } from '../../workflows/plan/plan.ts';
import type { Event } from '../../workflows/state/events.ts';
import { rejectCorrectAddress } from '../../workflows/state/rejections.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { viewOf } from '../../workflows/show/view.ts';
import {
  ABSENT,
  HOUR,
  SECOND,
  START,
  SENT,
  UNCONFIRMED,
  acting,
  answer,
  attached,
  failed,
  senderAfter,
  accountRead,
  then,
} from './events.ts';

const REQUEST = { emailVerified: true, require: ['identity'] } as const;
const ANOTHER = {
  email: 'other@example.org',
  emailHashes: ['1.other'],
  emailVerified: false,
  by: 'ops',
};
const complete = (id: string) => attached({ id, email: 'yes', terms: 'yes' });

const startOver = (at: number): Event => ({
  kind: 'overridden',
  requirement: 'operator',
  by: 'ops',
  reason: 'again',
  at,
});

/** Ordered for one account, which is then gone; the operator starts over. */
function startedOver(): Sender {
  const first = senderAfter([accountRead(complete('1'), START)], REQUEST);
  expect(plan(first, START)).toMatchObject({ do: 'order-identity', accountId: '1' });
  const at = START + HOUR;
  return then(
    first,
    answer('identity-ordered', SENT, complete('1'), START),
    accountRead(ABSENT, at),
    startOver(at),
  );
}

test('it is ordered for another account after the operator started over', () => {
  const at = START + 2 * HOUR;
  const sender = then(startedOver(), accountRead(complete('2'), at));
  expect(plan(sender, at)).toMatchObject({ do: 'order-identity', accountId: '2' });
});

test('it is not ordered twice for the same account, even after the operator started over', () => {
  const at = START + 2 * HOUR;
  const sender = then(startedOver(), accountRead(complete('1'), at));
  expect(plan(sender, at)).toEqual({ do: 'wait' });
});

test('it is not ordered twice for an account that comes back after another one', () => {
  const [second, third] = [START + 2 * HOUR, START + 4 * HOUR];
  const sender = then(
    startedOver(),
    accountRead(complete('2'), second),
    answer('identity-ordered', SENT, complete('2'), second),
    accountRead(ABSENT, second + HOUR),
    startOver(second + HOUR),
    accountRead(complete('1'), third),
  );
  expect(plan(sender, third)).toEqual({ do: 'wait' });
  expect(viewOf(sender, third).requests).toEqual([
    { kind: 'identity', at: new Date(second).toISOString(), times: 2, unconfirmed: 0 },
  ]);
});

test('an order whose answer was lost is no question about another account', () => {
  const at = START + HOUR;
  const sender = then(
    senderAfter([accountRead(complete('1'), START)], REQUEST),
    answer('identity-ordered', UNCONFIRMED, complete('1'), START),
    accountRead(ABSENT, at),
    startOver(at),
    accountRead(complete('2'), at + HOUR),
    answer('identity-ordered', SENT, complete('2'), at + HOUR),
  );
  expect(plan(sender, at + HOUR)).toEqual({ do: 'wait' });
  const back = then(
    sender,
    accountRead(ABSENT, at + 2 * HOUR),
    startOver(at + 2 * HOUR),
    accountRead(complete('1'), at + 3 * HOUR),
  );
  expect(plan(back, at + 3 * HOUR)).toMatchObject({ question: 'identity-order-lost' });
});

test('an order counts for the account that it named, even if AR24 shows another one by its answer', () => {
  const at = START + HOUR;
  const lost: Event = {
    kind: 'call-failed',
    call: 'order-identity',
    failure: { problem: 'unreachable', delivered: 'unknown' },
    email: senderAfter([]).request.email,
    accountId: '1',
    startedAt: START,
    at,
  };
  const sender = then(
    senderAfter([accountRead(complete('1'), START), acting('order-identity', START)], REQUEST),
    accountRead(complete('2'), START + SECOND),
    lost,
  );
  expect(plan(sender, at)).toMatchObject({ do: 'order-identity', accountId: '2' });
});

test('the address cannot be corrected during the order, even if the account seems to be gone', () => {
  const seen = senderAfter([accountRead(complete('1'), START)], REQUEST);
  const ordering = then(seen, acting('order-identity', START), accountRead(ABSENT, START + SECOND));
  expect(rejectCorrectAddress(ordering, ANOTHER)).toMatch(/identity check is being ordered/);
  const ordered = then(
    ordering,
    answer('identity-ordered', SENT, complete('1'), START + 2 * SECOND, START),
  );
  expect(rejectCorrectAddress(ordered, ANOTHER)).toBeNull();
});

test.each(PROBLEM_KINDS)(
  'an order that failed (%s) and may have reached AR24 is not repeated',
  (problem) => {
    const at = START + HOUR;
    const ordering = senderAfter(
      [accountRead(complete('1'), START), acting('order-identity', START)],
      REQUEST,
    );
    const sender = then(
      ordering,
      failed('order-identity', { problem, delivered: 'unknown' }, START + SECOND, START),
    );
    expect(plan(sender, at)).toEqual({ do: 'ask-operator', question: 'identity-order-lost' });
  },
);

test('an order that provably did not reach AR24 is placed once AR24 answers again', () => {
  const sender = senderAfter(
    [
      accountRead(complete('1'), START),
      acting('order-identity', START),
      failed('order-identity', { problem: 'unreachable', delivered: 'no' }, START),
    ],
    REQUEST,
  );
  expect(plan(sender, START + HOUR)).toMatchObject({ do: 'order-identity', accountId: '1' });
});
