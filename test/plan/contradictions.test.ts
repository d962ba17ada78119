/** AR24 contradicts itself: shown as a problem, and with few calls. */
import { expect, test } from '@jest/globals';
import type { AccountSnapshot } from '../../workflows/contract/index.ts';
import { plan } from '../../workflows/plan/plan.ts';
import { questionOf, waitingFor } from '../../workflows/state/requirements.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import {
  ABSENT,
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  START,
  SENT,
  UNCONFIRMED,
  UNAVAILABLE,
  NOT_NEEDED,
  acting,
  answer,
  accessRequested,
  attached,
  senderAfter,
  accountRead,
  then,
} from './events.ts';

const OURS = { emailVerified: true } as const;
const BETWEEN_CALLS = 10 * SECOND;

test('a write refused as unavailable, for an account just read as attached, is tried once a round', () => {
  const refusal = { kind: 'refused', slug: 'user_unavailable' } as const;
  let sender = senderAfter([accountRead(attached(), START)], OURS);
  let at = START;
  for (let tries = 1; tries <= 4; tries++) {
    expect(plan(sender, at)).toMatchObject({ do: 'request-terms' });
    sender = then(
      sender,
      acting('request-terms', at),
      answer('terms-requested', refusal, tries > 1 ? attached() : null, at),
    );
    expect(sender.problem).toMatchObject({
      kind: 'contract',
      slug: 'user_unavailable',
      since: START,
      tries,
    });
    expect(plan(sender, at)).toEqual({ do: 'wait-for-repair' });
    at = sender.problem?.nextTryAt ?? at;
  }
  expect(at - START).toBeGreaterThan(3 * HOUR);
});

/** The read by id is refused, and the read by address shows the account. */
function readBothWays(s: Sender, at: number): Sender {
  const lost = then(s, accountRead(UNAVAILABLE, at));
  expect(plan(lost, at)).toMatchObject({ do: 'request-access' });
  return then(
    lost,
    acting('request-access', at),
    answer('access-requested', NOT_NEEDED, attached(), at),
  );
}

test('an account that exists by its address and not by its id is one problem all the time', () => {
  let sender = senderAfter([
    accountRead(attached(), START),
    answer('terms-requested', SENT, null, START),
  ]);
  let at = START + HOUR;
  for (let tries = 1; tries <= 20; tries++) {
    sender = readBothWays(sender, at);
    expect(sender.problem).toMatchObject({ kind: 'contract', since: START + HOUR, tries });
    expect(plan(sender, at)).toEqual({ do: 'wait-for-repair' });
    at = sender.problem?.nextTryAt ?? at;
  }
  // The deadline moves by the time of the problem, once, and not again in every round.
  const seen = then(sender, accountRead(attached(), at));
  expect(seen.problem).toBeNull();
  expect(seen.waiting.deadlineAt).toBeLessThanOrEqual(at + 31 * DAY);
});

test('a contradiction of long ago does not make the next one older', () => {
  const first = readBothWays(senderAfter([accountRead(attached(), START)]), START + HOUR);
  const over = then(first, accountRead(attached(), START + 2 * HOUR));
  const second = readBothWays(over, START + 3 * DAY);
  expect(second.problem).toMatchObject({ since: START + 3 * DAY, tries: 1 });
});

/** AR24 shows another account at every read, so that the request to repeat is never sent. */
function calledUntilItWaits(first: Sender, betweenCalls: number): { s: Sender; calls: number } {
  let s = first;
  for (let calls = 0; calls < 50; calls++) {
    const at = START + calls * betweenCalls;
    if (plan(s, at).do !== 'request-terms') return { s, calls };
    const shown: AccountSnapshot = attached({ email: calls % 2 === 0 ? 'unseen' : 'no' });
    s = then(s, acting('request-terms', at), answer('terms-requested', NOT_NEEDED, shown, at));
  }
  return { s, calls: 50 };
}

const LOST_ONCE = [
  accountRead(attached(), START),
  answer('terms-requested', UNCONFIRMED, null, START),
] as const;

test('thirty calls within five minutes are followed by a cooldown, and then by thirty more at most', () => {
  const { s, calls } = calledUntilItWaits(senderAfter(LOST_ONCE, OURS), 9 * SECOND);
  expect(calls).toBe(30);
  const { problem } = s;
  expect(problem).toMatchObject({ kind: 'contract', call: 'read-account', tries: 1 });
  expect(plan(s, START + 5 * MINUTE)).toEqual({ do: 'wait-for-repair' });
  expect(plan(s, problem?.nextTryAt ?? 0)).toMatchObject({ do: 'request-terms' });
});

test('thirty calls in a longer time need no cooldown', () => {
  const { calls, s } = calledUntilItWaits(senderAfter(LOST_ONCE, OURS), 11 * SECOND);
  expect(calls).toBe(50);
  expect(s.problem).toBeNull();
});

test('an address that AR24 refuses after the holder withdrew access is a visible problem', () => {
  const refusal = { kind: 'refused', slug: 'missing_email', field: 'email' } as const;
  const lost = senderAfter([
    accountRead(attached(), START),
    accountRead(UNAVAILABLE, START + 1_000),
  ]);
  const asked = then(lost, answer('access-requested', refusal, UNAVAILABLE, START + 2_000));
  expect(asked).toMatchObject({
    fieldErrors: [],
    problem: { kind: 'contract', slug: 'missing_email' },
  });
});

test('an address that AR24 refuses only when access is requested again is a problem, and no form error', () => {
  const refusal = { kind: 'refused', slug: 'missing_email', field: 'email' } as const;
  const at = START + BETWEEN_CALLS;
  const once = senderAfter([answer('access-requested', UNCONFIRMED, UNAVAILABLE, START)]);
  expect(plan(once, at)).toMatchObject({ do: 'request-access' });
  const again = then(once, answer('access-requested', refusal, UNAVAILABLE, at));
  expect(again).toMatchObject({
    access: { kind: 'requested' },
    fieldErrors: [],
    problem: { kind: 'contract', slug: 'missing_email', call: 'request-access' },
  });
  expect(waitingFor(again)).toEqual(['attachment']);
  expect(plan(again, at)).toEqual({ do: 'wait-for-repair' });

  const never = senderAfter([answer('access-requested', refusal, UNAVAILABLE, START)]);
  expect(never).toMatchObject({ problem: null, fieldErrors: [{ field: 'email' }] });
});

test.each([
  ['nobody', ABSENT, 'whose-account'],
  ['a holder', UNAVAILABLE, null],
] as const)('access requested without an answer, while AR24 showed %s', (_who, shown, question) => {
  const sender = senderAfter([
    answer('access-requested', UNCONFIRMED, shown, START),
    accountRead(attached(), START + MINUTE),
  ]);
  expect(questionOf(sender)).toBe(question);
});

test.each([
  ['access', 'request-access', 'access-requested', UNAVAILABLE],
  ['the terms', 'request-terms', 'terms-requested', attached()],
] as const)(
  'a snapshot from before the request for %s does not undo what a poll read since',
  (_what, call, kind, older) => {
    const before = call === 'request-access' ? [] : [accountRead(older, START)];
    const sender = senderAfter(
      [
        ...before,
        acting(call, START + SECOND),
        accountRead(attached({ terms: 'yes' }), START + 5 * SECOND, START + 4 * SECOND),
        answer(kind, SENT, older, START + 9 * SECOND, START + SECOND),
      ],
      OURS,
    );
    expect(sender).toMatchObject({
      access: { kind: 'granted', held: { account: { terms: 'yes' } } },
    });
    expect(plan(sender, START + 9 * SECOND)).toMatchObject({ do: 'read-account' });
  },
);

test.each([
  ['no reminder finds it', false, 'request-access'],
  ['a reminder finds it', true, 'wait'],
] as const)('a holder who was asked and has no account any more: %s', (_how, remind, step) => {
  const sender = senderAfter([accessRequested(START)], {}, { remindAttachment: remind });
  const gone = then(sender, accountRead(ABSENT, START + HOUR));
  expect(plan(gone, START + HOUR)).toMatchObject({ do: step });
});

test('a holder whom AR24 shows only now and then is asked again ten times at most', () => {
  let sender = senderAfter([], {}, { remindAttachment: false });
  let mails = 0;
  for (let day = 0; day < 20; day++) {
    const at = START + day * DAY;
    if (plan(sender, at).do === 'request-access') {
      mails++;
      sender = then(sender, acting('request-access', at), accessRequested(at));
    }
    sender = then(sender, accountRead(ABSENT, at + HOUR), accountRead(UNAVAILABLE, at + 2 * HOUR));
  }
  expect(mails).toBe(10);
});

test.each([
  ['day', DAY, 11],
  ['hour', HOUR, 2],
])(
  'terms that AR24 shows as accepted only now and then, every %s: requested again once a day, and ten times at most',
  (_every, apart, most) => {
    let sender = senderAfter([], OURS, { reminderDays: [] });
    let mails = 0;
    for (let round = 0; round < 40; round++) {
      const at = START + round * apart;
      sender = then(sender, accountRead(attached(), at));
      if (plan(sender, at).do === 'request-terms') {
        mails++;
        const requested = answer('terms-requested', SENT, null, at);
        sender = then(sender, acting('request-terms', at), requested);
      }
      sender = then(sender, accountRead(attached({ terms: 'yes' }), at + MINUTE));
    }
    expect(mails).toBe(most);
  },
);

test('an access request that AR24 accepted without showing an account is not repeated at every read', () => {
  const requested = answer('access-requested', SENT, ABSENT, START);
  const sender = senderAfter(
    [requested, accountRead(ABSENT, START + HOUR)],
    {},
    { remindAttachment: false },
  );
  expect(plan(sender, START + HOUR)).toEqual({ do: 'wait' });
});
