/** AR24 does not answer whether it mailed: repeated once, then shown, then left to the reminder. */
import { expect, test } from '@jest/globals';
import type { AccountSnapshot } from '../../workflows/contract/index.ts';
import { plan } from '../../workflows/plan/plan.ts';
import { viewOf } from '../../workflows/show/view.ts';
import type { Event } from '../../workflows/state/events.ts';
import { waitingFor } from '../../workflows/state/requirements.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import {
  DAY,
  HOUR,
  MINUTE,
  START,
  SENT,
  UNCONFIRMED,
  UNAVAILABLE,
  NOT_NEEDED,
  answer,
  accessRequested,
  attached,
  failed,
  senderAfter,
  accountRead,
  then,
} from './events.ts';

const unpaid = attached({ email: 'yes', terms: 'yes' });
const untermed = attached({ email: 'yes' });

interface Mail {
  readonly what: string;
  readonly call: 'request-access' | 'request-terms' | 'request-payment';
  readonly kind: 'access-requested' | 'terms-requested' | 'payment-requested';
  /** What AR24 shows before and after the person has done it. */
  readonly shown: AccountSnapshot;
  readonly done: AccountSnapshot;
  readonly require: readonly 'payment'[];
}

const MAILS: readonly Mail[] = [
  {
    what: 'access',
    call: 'request-access',
    kind: 'access-requested',
    shown: UNAVAILABLE,
    done: untermed,
    require: [],
  },
  {
    what: 'terms',
    call: 'request-terms',
    kind: 'terms-requested',
    shown: untermed,
    done: unpaid,
    require: [],
  },
  {
    what: 'payment',
    call: 'request-payment',
    kind: 'payment-requested',
    shown: unpaid,
    done: attached({ email: 'yes', terms: 'yes', payment: 'yes' }),
    require: ['payment'],
  },
];

const unanswered = ({ kind, shown }: Mail, at: number, problem = 'unreachable' as const): Event =>
  answer(kind, { ...UNCONFIRMED, problem }, shown, at);

/** Sent, and sent once more, both without an answer. */
function leftOpen(mail: Mail): Sender {
  const known = mail.kind === 'access-requested' ? [] : [accountRead(mail.shown, START)];
  const request = { emailVerified: true, require: mail.require };
  const once = senderAfter([...known, unanswered(mail, START)], request);
  expect(once.problem).toBeNull();
  expect(plan(once, START)).toMatchObject({ do: mail.call });
  const unconfirmed = { ...UNCONFIRMED, problem: 'maintenance' } as const;
  return then(once, answer(mail.kind, unconfirmed, mail.shown, START));
}

const nextTryOf = ({ problem }: Sender): number => problem?.nextTryAt ?? NaN;

test.each(MAILS)("$what: twice without an answer, it is shown as AR24's problem", (mail) => {
  const sender = leftOpen(mail);
  expect(sender.problem).toMatchObject({ kind: 'maintenance', call: mail.call, tries: 1 });
  expect(viewOf(sender, START)).toMatchObject({ problem: { kind: 'maintenance' } });
  expect(plan(sender, START)).toEqual({ do: 'wait-for-repair' });
});

test.each(MAILS)('$what: successful reads do not end it', (mail) => {
  let sender = leftOpen(mail);
  for (let tries = 2; tries <= 3; tries++) {
    const at = nextTryOf(sender);
    expect(at - START).toBeLessThan(HOUR);
    expect(plan(sender, at)).toMatchObject({ do: 'read-account' });
    sender = then(sender, accountRead(mail.shown, at));
    expect(sender.problem).toMatchObject({ kind: 'maintenance', since: START, tries });
    expect(plan(sender, at)).toEqual({ do: 'wait-for-repair' });
  }
});

test.each(MAILS)('$what: nor does another problem that begins and ends meanwhile', (mail) => {
  const at = nextTryOf(leftOpen(mail));
  const over = then(
    leftOpen(mail),
    failed('read-account', { problem: 'credentials', delivered: 'no' }, at),
  );
  expect(over.problem).toMatchObject({ kind: 'credentials', call: 'read-account' });
  const later = nextTryOf(over);
  const looking = then(over, accountRead(mail.shown, later));
  expect(looking.problem).toMatchObject({ kind: 'unreachable', call: mail.call, since: START });
  const due = Math.max(START + HOUR, nextTryOf(looking));
  expect(plan(looking, due)).toMatchObject({ do: mail.call });
  const sender = then(looking, answer(mail.kind, SENT, mail.shown, due));
  expect(sender.problem).toBeNull();
});

test('of two unconfirmed requests, one stays when the other is confirmed', () => {
  const sender = senderAfter(
    [
      accountRead(untermed, START),
      ...(['terms-requested', 'payment-requested'] as const).flatMap((kind) => [
        answer(kind, UNCONFIRMED, null, START),
        answer(kind, UNCONFIRMED, untermed, START),
      ]),
    ],
    { emailVerified: true, require: ['payment'] },
  );
  expect(sender.problem).toMatchObject({ call: 'request-payment' });
  const half = then(sender, answer('payment-requested', SENT, untermed, START + HOUR));
  expect(half.problem).toMatchObject({ kind: 'unreachable', call: 'request-terms' });
});

test.each(MAILS)('$what: a reminder that is answered ends it', (mail) => {
  const at = START + HOUR;
  const looking = then(leftOpen(mail), accountRead(mail.shown, at - MINUTE));
  const due = Math.max(at, nextTryOf(looking));
  expect(plan(looking, due)).toMatchObject({ do: mail.call });
  const sender = then(looking, answer(mail.kind, SENT, mail.shown, due));
  expect(sender.problem).toBeNull();
  expect(plan(sender, due)).toEqual({ do: 'wait' });
});

test.each(MAILS)('$what: it ends if the person has done it all the same', (mail) => {
  const sender = then(leftOpen(mail), accountRead(mail.done, nextTryOf(leftOpen(mail))));
  expect(sender.problem).toBeNull();
});

test.each(MAILS)('$what: reminded after 1 h, 6 h and a day while never answered', (mail) => {
  let sender = leftOpen(mail);
  const reminders = [1, 6, 24].map((hours) => START + hours * HOUR);
  for (const due of reminders) {
    expect(viewOf(sender, START).nextReminder).toBe(new Date(due).toISOString());
    const at = Math.max(due, nextTryOf(sender));
    expect(plan(sender, at)).toMatchObject({ do: mail.call });
    sender = then(sender, unanswered(mail, at));
  }
  // From here on like any other: the first of the policy's days.
  expect(viewOf(sender, START).nextReminder).toBe(new Date(START + 2 * DAY).toISOString());
});

test('an unanswered repetition is no problem any more once no reminder is left: a mail was confirmed', () => {
  const policy = { remindAttachment: false };
  const asked = senderAfter([accessRequested(START)], {}, policy);
  const at = START + HOUR;
  const byHand = then(
    asked,
    { kind: 'remind', at },
    answer('access-requested', UNCONFIRMED, UNAVAILABLE, at),
    answer('access-requested', UNCONFIRMED, UNAVAILABLE, at),
  );
  expect(byHand.problem).not.toBeNull();
  expect(then(byHand, accountRead(UNAVAILABLE, nextTryOf(byHand))).problem).toBeNull();
});

test('an unconfirmed request delays neither the reminder of another one, nor its own', () => {
  const open = senderAfter(
    [
      accountRead(untermed, START),
      answer('terms-requested', SENT, null, START),
      answer('payment-requested', UNCONFIRMED, null, START),
      answer('payment-requested', UNCONFIRMED, untermed, START),
    ],
    { emailVerified: true, require: ['payment'] },
  );
  const at = START + 11 * MINUTE;
  const reminded = then(open, { kind: 'remind', at });
  expect(plan(reminded, at)).toMatchObject({ do: 'request-terms' });
  const half = then(reminded, answer('terms-requested', SENT, untermed, at));
  expect(half.problem).toMatchObject({ call: 'request-payment', since: START });
  expect(plan(half, nextTryOf(half))).toMatchObject({ do: 'request-payment' });
  const done = then(half, answer('payment-requested', SENT, untermed, nextTryOf(half)));
  expect(done.problem).toBeNull();
});

test('a request that was confirmed before is reminded as usual, even if its repetition was not', () => {
  const first = senderAfter([accessRequested(START)]);
  const due = Date.parse(viewOf(first, START).nextReminder ?? '');
  expect(due).toBe(START + 2 * DAY);
  const again = then(first, answer('access-requested', UNCONFIRMED, UNAVAILABLE, due));
  expect(plan(again, due)).toMatchObject({ do: 'request-access' });
  const left = then(again, answer('access-requested', UNCONFIRMED, UNAVAILABLE, due));
  expect(viewOf(left, due)).toMatchObject({
    problem: { kind: 'unreachable' },
    nextReminder: new Date(START + 5 * DAY).toISOString(),
  });
});

test.each([
  ['something else, is sent after it', attached({ email: 'yes' }), 'request-terms'],
  ['that it is done, is not sent', attached({ terms: 'yes' }), 'wait'],
] as const)('a reminder by hand, before which AR24 shows %s', (_what, shown, step) => {
  const at = START + 11 * MINUTE;
  const sender = senderAfter(
    [
      accountRead(attached(), START),
      answer('terms-requested', SENT, null, START),
      { kind: 'remind', at },
    ],
    { emailVerified: true },
  );
  expect(plan(sender, at)).toMatchObject({
    do: 'request-terms',
    unlessChangedFrom: { kind: 'attached' },
  });
  const changed = then(sender, answer('terms-requested', NOT_NEEDED, shown, at));
  expect(waitingFor(changed)).toHaveLength(1);
  expect(plan(changed, at)).toMatchObject({ do: step });
  // It is not kept for later either, when the terms are outstanding again.
  const again = then(changed, accountRead(attached(), at + MINUTE));
  expect(plan(again, at + MINUTE)).toMatchObject({ do: step });
});
