/** AR24 that contradicts itself: shown as a problem, kept as one, and never as fast as it answers. */
import { expect, test } from '@jest/globals';
import type { Sighting } from '../../workflows/contract/index.ts';
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
  TAKEN,
  UNANSWERED,
  UNAVAILABLE,
  UNNEEDED,
  acting,
  answer,
  askedForAccess,
  attached,
  lived,
  looked,
  then,
} from './events.ts';

const OURS = { emailVerified: true } as const;
const BETWEEN_CALLS = 10 * SECOND;

test('a write refused as unavailable, of what was just read as attached, is tried once a round', () => {
  const asked = { kind: 'refused', slug: 'user_unavailable' } as const;
  let sender = lived([looked(attached(), START)], OURS);
  let at = START;
  for (let tries = 1; tries <= 4; tries++) {
    expect(plan(sender, at)).toMatchObject({ do: 'request-terms' });
    sender = then(
      sender,
      acting('request-terms', at),
      answer('terms-requested', asked, tries > 1 ? attached() : null, at),
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

/** Read by its id, which is refused, and by the address, which shows it: AR24 does not agree with itself. */
function readBothWays(s: Sender, at: number): Sender {
  const lost = then(s, looked(UNAVAILABLE, at));
  expect(plan(lost, at)).toMatchObject({ do: 'request-access' });
  return then(
    lost,
    acting('request-access', at),
    answer('access-requested', UNNEEDED, attached(), at),
  );
}

test('an account that is there by its address and not by its id is one problem all the time', () => {
  let sender = lived([looked(attached(), START), answer('terms-requested', TAKEN, null, START)]);
  let at = START + HOUR;
  for (let tries = 1; tries <= 20; tries++) {
    sender = readBothWays(sender, at);
    expect(sender.problem).toMatchObject({ kind: 'contract', since: START + HOUR, tries });
    expect(plan(sender, at)).toEqual({ do: 'wait-for-repair' });
    at = sender.problem?.nextTryAt ?? at;
  }
  // The deadline moves by the time of the trouble, and not by all of it again in every round.
  const seen = then(sender, looked(attached(), at));
  expect(seen.problem).toBeNull();
  expect(seen.deadlineAt).toBeLessThanOrEqual(at + 31 * DAY);
});

test('a contradiction of long ago does not age the next one', () => {
  const first = readBothWays(lived([looked(attached(), START)]), START + HOUR);
  const over = then(first, looked(attached(), START + 2 * HOUR));
  const second = readBothWays(over, START + 3 * DAY);
  expect(second.problem).toMatchObject({ since: START + 3 * DAY, tries: 1 });
});

/** AR24 shows another account at every read, so that what is to be repeated is never sent. */
function calledUntilItWaits(first: Sender, betweenCalls: number): { s: Sender; calls: number } {
  let s = first;
  for (let calls = 0; calls < 50; calls++) {
    const at = START + calls * betweenCalls;
    if (plan(s, at).do !== 'request-terms') return { s, calls };
    const shown: Sighting = attached({ email: calls % 2 === 0 ? 'unseen' : 'no' });
    s = then(s, acting('request-terms', at), answer('terms-requested', UNNEEDED, shown, at));
  }
  return { s, calls: 50 };
}

const LOST_ONCE = [
  looked(attached(), START),
  answer('terms-requested', UNANSWERED, null, START),
] as const;

test('thirty calls within five minutes are followed by a rest, and then by thirty more at most', () => {
  const { s, calls } = calledUntilItWaits(lived(LOST_ONCE, OURS), 9 * SECOND);
  expect(calls).toBe(30);
  const { problem } = s;
  expect(problem).toMatchObject({ kind: 'contract', call: 'look', tries: 1 });
  expect(plan(s, START + 5 * MINUTE)).toEqual({ do: 'wait-for-repair' });
  expect(plan(s, problem?.nextTryAt ?? 0)).toMatchObject({ do: 'request-terms' });
});

test('thirty calls in a longer time need no rest', () => {
  const { calls, s } = calledUntilItWaits(lived(LOST_ONCE, OURS), 11 * SECOND);
  expect(calls).toBe(50);
  expect(s.problem).toBeNull();
});

test('an address that AR24 refuses only when it is asked once more is a problem, and no form error', () => {
  const asked = { kind: 'refused', slug: 'missing_email', field: 'email' } as const;
  const at = START + BETWEEN_CALLS;
  const once = lived([answer('access-requested', UNANSWERED, UNAVAILABLE, START)]);
  expect(plan(once, at)).toMatchObject({ do: 'request-access' });
  const again = then(once, answer('access-requested', asked, UNAVAILABLE, at));
  expect(again).toMatchObject({
    access: 'asked',
    fieldErrors: [],
    problem: { kind: 'contract', slug: 'missing_email', call: 'request-access' },
  });
  expect(waitingFor(again)).toEqual(['attachment']);
  expect(plan(again, at)).toEqual({ do: 'wait-for-repair' });

  const never = lived([answer('access-requested', asked, UNAVAILABLE, START)]);
  expect(never).toMatchObject({ problem: null, fieldErrors: [{ field: 'email' }] });
});

test.each([
  ['nobody', ABSENT, 'whose-account'],
  ['a holder', UNAVAILABLE, null],
] as const)('asked for access without an answer, where AR24 showed %s', (_who, shown, question) => {
  const sender = lived([
    answer('access-requested', UNANSWERED, shown, START),
    looked(attached(), START + MINUTE),
  ]);
  expect(questionOf(sender)).toBe(question);
});

test.each([
  ['access', 'request-access', 'access-requested', UNAVAILABLE],
  ['the terms', 'request-terms', 'terms-requested', attached()],
] as const)(
  'what was read before asking for %s does not undo what a poll read since',
  (_what, call, kind, older) => {
    const before = call === 'request-access' ? [] : [looked(older, START)];
    const sender = lived(
      [
        ...before,
        acting(call, START + SECOND),
        looked(attached({ terms: 'yes' }), START + 5 * SECOND, START + 4 * SECOND),
        answer(kind, TAKEN, older, START + 9 * SECOND, START + SECOND),
      ],
      OURS,
    );
    expect(sender).toMatchObject({ access: 'granted', account: { terms: 'yes' } });
    expect(plan(sender, START + 9 * SECOND)).toMatchObject({ do: 'look' });
  },
);

test.each([
  ['no reminder finds it out', false, 'request-access'],
  ['a reminder finds it out', true, 'wait'],
] as const)('a holder who was asked and has no account any more: %s', (_how, remind, step) => {
  const sender = lived([askedForAccess(START)], {}, { remindAttachment: remind });
  const gone = then(sender, looked(ABSENT, START + HOUR));
  expect(plan(gone, START + HOUR)).toMatchObject({ do: step });
});

test('a holder whom AR24 shows now and then only is asked again ten times at most', () => {
  let sender = lived([], {}, { remindAttachment: false });
  let mails = 0;
  for (let day = 0; day < 20; day++) {
    const at = START + day * DAY;
    if (plan(sender, at).do === 'request-access') {
      mails++;
      sender = then(sender, acting('request-access', at), askedForAccess(at));
    }
    sender = then(sender, looked(ABSENT, at + HOUR), looked(UNAVAILABLE, at + 2 * HOUR));
  }
  expect(mails).toBe(10);
});

test('one whom AR24 takes for asked without an account is not asked at every look', () => {
  const asked = answer('access-requested', TAKEN, ABSENT, START);
  const sender = lived([asked, looked(ABSENT, START + HOUR)], {}, { remindAttachment: false });
  expect(plan(sender, START + HOUR)).toEqual({ do: 'wait' });
});
