import { readsAsSame } from './same.ts';
import { reduceCall } from './reduce-call.ts';
import { reduceMessage } from './reduce-message.ts';
import { statusOf, waitingFor } from './requirements.ts';
import type { Event, EventOf } from './events.ts';
import { CALLS_BEFORE_REST } from './spinning.ts';
import type { Sender } from './sender.ts';

const DAY = 86_400_000;

/**
 * The sender after one more event. Total and pure: a repeated, late or unexpected event leaves
 * the sender as it is, and nothing changes an outcome once there is one.
 */
export function reduce(before: Sender, event: Event): Sender {
  if (before.outcome) return before;
  const after = applied(before, event);
  if (after === before) return before;
  return { ...withProgress(before, after, event.at), version: before.version + 1 };
}

function applied(s: Sender, event: Event): Sender {
  switch (event.kind) {
    case 'acting':
      return withActing(s, event);
    case 'looked':
    case 'access-requested':
    case 'account-created':
    case 'terms-requested':
    case 'payment-requested':
    case 'identity-ordered':
    case 'call-failed':
    case 'call-interrupted':
      return reduceCall(s, event);
    case 'finished':
      return { ...s, acting: null, outcome: event.outcome };
    case 'partner-reminded':
      return withPartnerReminded(s, event.at);
    case 'accepted':
    case 'refused':
    case 'check':
    case 'registered':
    case 'address-corrected':
    case 'remind':
    case 'extended':
    case 'cancelled':
    case 'overridden':
    case 'withdrawn':
    case 'links-revoked':
    case 'update-seen':
      return reduceMessage(s, event);
  }
}

function withActing(s: Sender, { call, at }: EventOf<'acting'>): Sender {
  const { terms, ...claims } = s.claims;
  // What was said before AR24 is first asked to mail its terms is about others.
  const firstTerms = !s.asked.terms && (call === 'request-terms' || call === 'create-account');
  return {
    ...s,
    acting: call,
    creation: call === 'create-account' ? { ...s.creation, tried: true } : s.creation,
    claims: firstTerms && terms ? claims : s.claims,
    recentCalls: [...s.recentCalls, at].slice(-CALLS_BEFORE_REST),
  };
}

/** Counted while the same is outstanding. */
function withPartnerReminded(s: Sender, at: number): Sender {
  const { partnerReminded: before, since } = s;
  const times = before?.since === since ? before.times + 1 : 1;
  return { ...s, partnerReminded: { since, times, last: at } };
}

/** Whenever something else is outstanding the person has the full time again. */
function withProgress(before: Sender, after: Sender, at: number): Sender {
  const same =
    statusOf(before) === statusOf(after) && readsAsSame(waitingFor(before), waitingFor(after));
  if (same) return after;
  const deadlineAt = Math.max(after.deadlineAt, at + after.policy.deadlineDays * DAY);
  return { ...after, since: at, deadlineAt };
}
