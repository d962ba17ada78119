/** How changes of a sender become metrics: what a run of minutes cannot show, such as reminders and lost answers. */
import { expect, test } from '@jest/globals';
import type { Event } from '../../workflows/state/events.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { SenderMetrics } from '../../workflows/show/metrics.ts';
import {
  ABSENT,
  accessRequested,
  accountRead,
  acting,
  answer,
  attached,
  DAY,
  failed,
  HOUR,
  senderAfter,
  START,
  UNAVAILABLE,
  UNCONFIRMED,
} from './events.ts';

type Measurement = readonly [name: string, labels: object, value?: number];

/** What the events record, in their order. */
function recordedBy(first: Sender, ...events: readonly Event[]): readonly Measurement[] {
  return recordedSince(undefined, first, ...events);
}

/** The same for a run that continues another. @param since when its status began */
function recordedSince(
  since: number | undefined,
  first: Sender,
  ...events: readonly Event[]
): readonly Measurement[] {
  const recorded: Measurement[] = [];
  const metrics = new SenderMetrics(first, since, (name, labels, value) => {
    recorded.push(value === undefined ? [name, labels] : [name, labels, value]);
  });
  let sender = first;
  for (const event of events) {
    const after = reduce(sender, event);
    metrics.observe(sender, after, event.at);
    sender = after;
  }
  return recorded;
}

const mail = (kind: string, sent: 'yes' | 'unknown'): Measurement => [
  'onboarding_ar24_mails_total',
  { kind, sent },
];

test('an access request is a mail and a new status, and its repetition is a reminder', () => {
  const first = senderAfter([]);
  const later = START + 2 * DAY;
  expect(recordedBy(first, accessRequested(START + HOUR), accessRequested(later))).toEqual([
    ['onboarding_status_seconds', { status: 'requesting-access' }, 3_600],
    ['onboarding_status_entered_total', { status: 'awaiting-attachment' }],
    mail('access', 'yes'),
    ['onboarding_reminders_total', { what: 'access', by: 'ar24' }],
    mail('access', 'yes'),
  ]);
});

test('the time of a status goes on in a new run of Temporal', () => {
  const began = START - 10 * DAY;
  const [time] = recordedSince(began, senderAfter([]), accessRequested(START + HOUR));
  const seconds = (10 * DAY + HOUR) / 1000;
  expect(time).toEqual(['onboarding_status_seconds', { status: 'requesting-access' }, seconds]);
});

test('a lost answer is a mail that may have been sent, and its first repetition is no reminder', () => {
  const lost = answer('access-requested', UNCONFIRMED, UNAVAILABLE, START + HOUR);
  const again = accessRequested(START + 2 * HOUR);
  const recorded = recordedBy(senderAfter([]), lost, again);
  expect(recorded.filter(([name]) => name.includes('mails'))).toEqual([
    mail('access', 'unknown'),
    mail('access', 'yes'),
  ]);
  expect(recorded.filter(([name]) => name.includes('reminders'))).toEqual([]);
});

test('the partner is asked to remind the person of what AR24 has no mail for', () => {
  const noAccount = { kind: 'refused', slug: 'user_not_exist' } as const;
  const asked = answer('access-requested', noAccount, ABSENT, START);
  const waiting = senderAfter([asked], {}, { notify: true });
  expect(recordedBy(waiting, { kind: 'partner-reminded', at: START + 2 * DAY })).toEqual([
    ['onboarding_reminders_total', { what: 'registration', by: 'partner' }],
  ]);
});

test('a problem begins once, changes its kind, and ends', () => {
  const unreachable = { problem: 'unreachable', delivered: 'no' } as const;
  const throttled = { problem: 'throttled', delivered: 'no' } as const;
  const first = senderAfter([accessRequested(START)]);
  const recorded = recordedBy(
    first,
    failed('read-account', unreachable, START + HOUR),
    failed('read-account', unreachable, START + 2 * HOUR),
    failed('read-account', throttled, START + 3 * HOUR),
    accountRead(UNAVAILABLE, START + 4 * HOUR),
  );
  expect(recorded).toEqual([
    ['onboarding_problems_total', { kind: 'unreachable' }],
    ['onboarding_problems_ended_total', { kind: 'unreachable' }],
    ['onboarding_problems_total', { kind: 'throttled' }],
    ['onboarding_problems_ended_total', { kind: 'throttled' }],
  ]);
});

test('an identity order whose answer is lost is an unknown order and a question', () => {
  const done = attached({ email: 'yes', terms: 'yes' });
  const first = senderAfter([accessRequested(START), accountRead(done, START + HOUR)], {
    require: ['identity'],
    emailVerified: true,
  });
  const recorded = recordedBy(
    first,
    acting('order-identity', START + 2 * HOUR),
    answer('identity-ordered', UNCONFIRMED, null, START + 2 * HOUR),
  );
  expect(recorded).toContainEqual(mail('identity', 'unknown'));
  expect(recorded).toContainEqual([
    'onboarding_questions_total',
    { question: 'identity-order-lost' },
  ]);
});

test('an end counts once, with the time since the start, and closes what is open', () => {
  const failure = failed('read-account', { problem: 'throttled', delivered: 'no' }, START + HOUR);
  const first = senderAfter([accessRequested(START), failure]);
  const outcome = { kind: 'expired', waitingFor: ['attachment'] } as const;
  const end: Event = {
    kind: 'finished',
    outcome: { ...outcome, accessRequested: true, identityOrdered: false },
    at: START + 30 * DAY,
  };
  expect(recordedBy(first, end, end)).toEqual([
    ['onboarding_status_seconds', { status: 'awaiting-attachment' }, 30 * 86_400],
    ['onboarding_status_entered_total', { status: 'expired' }],
    ['onboarding_problems_ended_total', { kind: 'throttled' }],
    ['onboarding_ended_total', { outcome: 'expired' }],
    ['onboarding_time_to_end_seconds', { outcome: 'expired' }, 30 * 86_400],
  ]);
});
