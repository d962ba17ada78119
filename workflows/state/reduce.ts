import { withReportInTime } from './address.ts';
import { withoutRefusal } from './claims.ts';
import { reduceCall } from './reduce-call.ts';
import { reduceMessage } from './reduce-message.ts';
import { deadlineStoodStillMs } from './problem.ts';
import { statusOf, waitingFor } from './requirements.ts';
import type { Event, EventOf } from './events.ts';
import { withCallNoted } from './livelock-guard.ts';
import type { CallKind, Sender } from './sender.ts';
import { isSame } from './snapshot.ts';

const DAY = 86_400_000;

/**
 * The sender after one more event. Total and pure: a repeated, late or unexpected event leaves
 * the sender as it is, and nothing changes an outcome once there is one.
 */
export function reduce(before: Sender, event: Event): Sender {
  if (before.outcome) return before;
  const after = withReportInTime(applied(before, event), event.at);
  if (after === before) return before;
  const next = withProgress(before, after, event.at);
  return { ...next, meta: { ...next.meta, version: before.meta.version + 1 } };
}

function applied(s: Sender, event: Event): Sender {
  switch (event.kind) {
    case 'acting':
      return withActing(s, event);
    case 'account-read':
    case 'access-requested':
    case 'account-created':
    case 'terms-requested':
    case 'payment-requested':
    case 'identity-ordered':
    case 'call-failed':
    case 'call-interrupted':
      return reduceCall(s, event);
    case 'policy-read':
      return withPolicy(s, event);
    case 'policy-due':
      return { ...s, meta: { ...s.meta, policyDue: true } };
    case 'requesters-found':
      return withRequesters(s, event);
    case 'finished':
      return { ...s, acting: null, outcome: event.outcome };
    case 'partner-reminded':
      return withPartnerReminded(s, event.at);
    case 'accepted':
    case 'refused':
    case 'check':
    case 'registered':
    case 'address-corrected':
    case 'address-reported':
    case 'remind':
    case 'extended':
    case 'cancelled':
    case 'overridden':
    case 'withdrawn':
    case 'links-revoked':
    case 'prefilled':
    case 'update-seen':
      return reduceMessage(s, event);
  }
}

function withActing(s: Sender, { call, at }: EventOf<'acting'>): Sender {
  return {
    ...withCallNoted(withoutEarlierClaims(s, call), at),
    acting: call,
    creation: call === 'create-account' ? { ...s.creation, tried: true } : s.creation,
  };
}

/** A claim from before the first request for access or terms is about an earlier request. */
function withoutEarlierClaims(s: Sender, call: CallKind): Sender {
  if (call === 'request-access' && !s.requests.access) return withoutRefusal(s);
  const isFirstTerms = !s.requests.terms && (call === 'request-terms' || call === 'create-account');
  if (!isFirstTerms || !s.claims.terms) return s;
  const { terms: _earlier, ...claims } = s.claims;
  return { ...s, claims };
}

function withPolicy(s: Sender, event: EventOf<'policy-read'>): Sender {
  const { policy, fingerprint } = event;
  const waiting = { ...s.waiting, deadlineAt: deadlineUnder(s, event) };
  const meta = { ...s.meta, policyFingerprint: fingerprint, policyDue: false };
  return { ...s, policy, meta, waiting };
}

/**
 * The deadline moves by as many days as the policy gives more or fewer. One that an operator set stays. A shorter
 * policy leaves an open onboarding at least a day, so that an operator can still extend it.
 */
function deadlineUnder(s: Sender, { policy, at }: EventOf<'policy-read'>): number {
  const { deadlineAt, deadlineByHand } = s.waiting;
  if (deadlineByHand) return deadlineAt;
  const moved = deadlineAt + (policy.deadlineDays - s.policy.deadlineDays) * DAY;
  const isFirst = s.meta.policyFingerprint === null;
  if (isFirst || moved >= deadlineAt) return moved;
  const stoodStillMs = s.problem ? deadlineStoodStillMs(s.problem, at) : 0;
  const dayFromNow = at + DAY - stoodStillMs;
  return Math.max(moved, Math.min(deadlineAt, dayFromNow));
}

/** Ignores a result about another address or another account. */
function withRequesters(s: Sender, event: EventOf<'requesters-found'>): Sender {
  const { access } = s;
  if (access.kind !== 'granted' || event.email !== s.request.email) return s;
  if (event.accountId !== access.held.account.id) return s;
  return { ...s, access: { ...access, otherRequesters: event.found ? 'some' : 'none' } };
}

function withPartnerReminded(s: Sender, at: number): Sender {
  const times = (s.waiting.partnerReminders?.times ?? 0) + 1;
  return { ...s, waiting: { ...s.waiting, partnerReminders: { times, last: at } } };
}

/** Whenever the status or the list of what is outstanding changes, the person has the full time again. */
function withProgress(before: Sender, after: Sender, at: number): Sender {
  const same =
    statusOf(before) === statusOf(after) && isSame(waitingFor(before), waitingFor(after));
  if (same) return after;
  const waiting = { ...after.waiting, since: at, partnerReminders: null };
  const fullTime = at + after.policy.deadlineDays * DAY;
  return fullTime <= waiting.deadlineAt
    ? { ...after, waiting }
    : { ...after, waiting: { ...waiting, deadlineAt: fullTime, deadlineByHand: false } };
}
