/** One sender's story, event by event: what AR24 answered, and when. */
import {
  DEFAULT_POLICY,
  type Account,
  type RequestResult,
  type CallFailure,
  type OnboardingRequest,
  type Policy,
  type AccountSnapshot,
} from '../../workflows/contract/index.ts';
import type { Event } from '../../workflows/state/events.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import { newSender } from '../../workflows/state/new-sender.ts';
import type { CallKind, Sender } from '../../workflows/state/sender.ts';
import { NOTHING_DONE } from '../support/accounts.ts';
import { onboardingRequest } from '../support/people.ts';

/** A Monday, 9:00 in Paris: reminders may be sent. */
export const START = Date.UTC(2026, 2, 2, 8);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const { email } = onboardingRequest();

/** Attached to us, with its e-mail and terms outstanding. */
const account: Account = {
  id: '1001',
  ...NOTHING_DONE,
  profile: 'yes',
};

export const ABSENT = { kind: 'absent' } as const;
export const UNAVAILABLE = { kind: 'unavailable' } as const;
export const SENT = { kind: 'sent' } as const;
export const NOT_NEEDED = { kind: 'not-needed' } as const;
export const UNCONFIRMED = { kind: 'unconfirmed', problem: 'unreachable' } as const;

export function senderAfter(
  events: readonly Event[],
  request: Partial<OnboardingRequest> = {},
  policy: Partial<Policy> = {},
): Sender {
  const before = {
    emailHashes: ['1.own'],
    accessRequestedBefore: false,
    identityOrderedBefore: false,
  };
  const start = {
    request: onboardingRequest(request),
    ...before,
  };
  const read = {
    kind: 'policy-read',
    policy: { ...DEFAULT_POLICY, ...policy },
    fingerprint: 'f',
    at: START,
  } as const;
  return then(newSender(start, START), read, ...events);
}

export function then(s: Sender, ...events: readonly Event[]): Sender {
  return events.reduce(reduce, s);
}

export function attached(
  flags: Partial<Account> = {},
): Extract<AccountSnapshot, { kind: 'attached' }> {
  return { kind: 'attached', account: { ...account, ...flags } };
}

export function acting(call: CallKind, at: number): Event {
  return { kind: 'acting', call, at };
}

export function accountRead(snapshot: AccountSnapshot, at: number, startedAt = at): Event {
  return { kind: 'account-read', snapshot, startedAt, at, email };
}

type RequestEvent =
  'access-requested' | 'terms-requested' | 'payment-requested' | 'identity-ordered';

/** A request at AR24, after a read if `snapshot` is not null. */
export function answer(
  kind: RequestEvent,
  result: RequestResult['answer'],
  snapshot: AccountSnapshot | null,
  at: number,
  startedAt = at,
): Event {
  return { kind, result: { snapshot, answer: result }, startedAt, at, email };
}

export function failed(call: CallKind, failure: CallFailure, at: number, startedAt = at): Event {
  return { kind: 'call-failed', call, failure, startedAt, at, email };
}

/** The holder of an account was asked for access. */
export function accessRequested(at: number): Event {
  return answer('access-requested', SENT, UNAVAILABLE, at);
}
