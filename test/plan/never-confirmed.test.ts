/** AR24 never answers whether it mailed: the person may not have been asked at all, or many times. */
import { expect, test } from '@jest/globals';
import { plan } from '../../workflows/plan/plan.ts';
import { viewOf } from '../../workflows/show/view.ts';
import type { Event } from '../../workflows/state/events.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import {
  DAY,
  HOUR,
  SENT,
  START,
  UNAVAILABLE,
  UNCONFIRMED,
  accountRead,
  answer,
  attached,
  senderAfter,
  then,
} from './events.ts';

const unanswered = (at: number): Event => answer('access-requested', UNCONFIRMED, UNAVAILABLE, at);

/** Requested twice, and then AR24 answers reads, but no request. */
function neverAnswered(days: number): Sender {
  let sender = senderAfter([unanswered(START), unanswered(START)]);
  for (let at = START; at < START + days * DAY; at += HOUR) {
    const step = plan(sender, at).do;
    if (step === 'request-access') sender = then(sender, unanswered(at));
    if (step === 'read-account') sender = then(sender, accountRead(UNAVAILABLE, at));
  }
  return sender;
}

test('access is requested for as many days as the deadline has, and then waited for', () => {
  const timesAfter = (days: number) => neverAnswered(days).requests.access?.times;
  expect([1, 3, 6, 12, 22, 29, 40, 80].map(timesAfter)).toEqual([4, 6, 7, 8, 9, 10, 10, 10]);
  expect(neverAnswered(22).problem).toMatchObject({ kind: 'unreachable' });
  expect(neverAnswered(40).problem).toBeNull();
  expect(plan(neverAnswered(40), START + 80 * DAY)).toMatchObject({ do: 'read-account' });
});

test('what became overdue in an outage is not repeated in a burst', () => {
  const at = START + 14 * DAY;
  const late = then(senderAfter([unanswered(START), unanswered(START)]), unanswered(at));
  const hint = { kind: 'check', at: at + HOUR } as const;
  expect(plan(then(late, hint), at + HOUR)).toMatchObject({ do: 'read-account' });
  expect(plan(late, at + 3 * HOUR)).toMatchObject({ do: 'request-access' });
});

test('the reminders begin with the first mail that AR24 confirmed', () => {
  const late = [0, 0, 1, 6, 24].map((hours) => unanswered(START + hours * HOUR));
  const at = START + 2 * DAY;
  const asked = senderAfter([...late, answer('access-requested', SENT, UNAVAILABLE, at)]);
  expect(asked.requests.access).toMatchObject({ first: at, reminders: 0 });
  expect(viewOf(asked, at).nextReminder).toBe(new Date(START + 4 * DAY).toISOString());
});

test('a person who says that they have accepted was asked: the repetitions end as the policy says', () => {
  const late = neverAnswered(25);
  const at = START + 25 * DAY;
  const said = then(
    late,
    { kind: 'accepted', message: { what: 'attachment' }, at },
    accountRead(UNAVAILABLE, at + HOUR),
  );
  expect(said.problem).toBeNull();
  expect(viewOf(said, at + HOUR).nextReminder).toBeNull();
});

test('access is repeated although the policy has it not reminded', () => {
  const policy = { remindAttachment: false };
  const sender = senderAfter([unanswered(START), unanswered(START)], {}, policy);
  expect(plan(sender, START + HOUR)).toMatchObject({ do: 'request-access' });
});

test('where AR24 mails the terms by itself, a lost reminder is repeated once, and nothing more', () => {
  const { account } = attached();
  const created: Event = {
    kind: 'account-created',
    result: { kind: 'created', account, termsMailed: true },
    startedAt: START,
    at: START,
    email: onboardingRequest().email,
  };
  const due = START + 2 * DAY;
  const lost = answer('terms-requested', UNCONFIRMED, attached(), due);
  const once = senderAfter([created, lost], { registration: registrationForm() });
  expect(plan(once, due)).toMatchObject({ do: 'request-terms' });
  const twice = then(once, lost);
  expect(viewOf(twice, due).nextReminder).toBe(new Date(START + 5 * DAY).toISOString());
});
