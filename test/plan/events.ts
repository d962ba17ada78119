/** One sender's story, event by event: what AR24 answered, and when. */
import {
  DEFAULT_POLICY,
  type Account,
  type AskResult,
  type CallFailure,
  type OnboardingRequest,
  type Policy,
  type Sighting,
} from '../../workflows/contract/index.ts';
import type { Event } from '../../workflows/state/events.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import { newSender, type Call, type Sender } from '../../workflows/state/sender.ts';
import { onboardingRequest } from '../support/people.ts';

/** A Monday, 9:00 in Paris: reminders may go out. */
export const START = Date.UTC(2026, 2, 2, 8);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const { email } = onboardingRequest();

/** Attached to us, with its e-mail and terms outstanding. */
const account: Account = {
  id: '1001',
  email: 'no',
  terms: 'no',
  profile: 'yes',
  payment: 'no',
  identity: 'no',
  termsByClaim: false,
};

export const ABSENT = { kind: 'absent' } as const;
export const UNAVAILABLE = { kind: 'unavailable' } as const;
export const TAKEN = { kind: 'taken', answersLost: 0 } as const;
export const UNNEEDED = { kind: 'unneeded' } as const;
export const UNANSWERED = { kind: 'unanswered', answersLost: 1, problem: 'unreachable' } as const;

export function lived(
  events: readonly Event[],
  request: Partial<OnboardingRequest> = {},
  policy: Partial<Policy> = {},
): Sender {
  const before = { askedBefore: false, identityOrderedBefore: false };
  const start = {
    request: onboardingRequest(request),
    ...before,
    policy: { ...DEFAULT_POLICY, ...policy },
  };
  return then(newSender(start, START), ...events);
}

export function then(s: Sender, ...events: readonly Event[]): Sender {
  return events.reduce(reduce, s);
}

export function attached(flags: Partial<Account> = {}): Extract<Sighting, { kind: 'attached' }> {
  return { kind: 'attached', account: { ...account, ...flags } };
}

export function acting(call: Call, at: number): Event {
  return { kind: 'acting', call, at };
}

export function looked(sighting: Sighting, at: number, startedAt = at): Event {
  return { kind: 'looked', sighting, startedAt, at, email };
}

type Asking = 'access-requested' | 'terms-requested' | 'payment-requested' | 'identity-ordered';

/** AR24 was asked for something, after a read where `sighting` is not null. */
export function answer(
  kind: Asking,
  asked: AskResult['asked'],
  sighting: Sighting | null,
  at: number,
  startedAt = at,
): Event {
  return { kind, result: { sighting, asked }, startedAt, at, email };
}

export function failed(call: Call, failure: CallFailure, at: number, startedAt = at): Event {
  return { kind: 'call-failed', call, failure, startedAt, at, email };
}

/** The holder of an account was asked for access. */
export function askedForAccess(at: number): Event {
  return answer('access-requested', TAKEN, UNAVAILABLE, at);
}
