/** What the answers of AR24, and their absence, change. */
import type { AskResult } from '../contract/index.ts';
import { isToRepeat, withAsked, withMailedByItself } from './asked.ts';
import type { Event, EventOf } from './events.ts';
import { withLookCounted } from './hints.ts';
import { withFailure, withoutProblem } from './problem.ts';
import type { Askable, Call, Sender } from './sender.ts';
import { withSighting, type When } from './sighting.ts';

type CallEvent = Extract<Event, { startedAt: number } | { kind: 'call-interrupted' }>;

export function reduceCall(before: Sender, event: CallEvent): Sender {
  // A poll may answer while something else is under way.
  const s = before.acting === callOf(event) ? { ...before, acting: null } : before;
  // The address was corrected while the call was under way: its answer is about somebody else.
  if (event.email !== s.request.email) return s;
  // What was sent before the interruption is told by an answer of its own.
  if (event.kind === 'call-interrupted') return withDoubt(s, event.call);
  if (event.kind === 'call-failed') {
    const failed = withReadBack(withFailure(s, event), event.call);
    return event.failure.delivered === 'no' ? failed : withDoubt(failed, event.call);
  }
  const after = answered(s, event);
  return after.problem === s.problem ? withoutProblem(after, event.at) : after;
}

/** AR24 may have made the account all the same: it is read before anything is written. */
function withDoubt(s: Sender, call: Call): Sender {
  return call === 'create-account' ? { ...s, creation: { ...s.creation, unsettled: true } } : s;
}

function callOf(event: CallEvent): Call {
  switch (event.kind) {
    case 'looked':
      return 'look';
    case 'access-requested':
      return 'request-access';
    case 'account-created':
      return 'create-account';
    case 'terms-requested':
      return 'request-terms';
    case 'payment-requested':
      return 'request-payment';
    case 'identity-ordered':
      return 'order-identity';
    case 'call-failed':
    case 'call-interrupted':
      return event.call;
  }
}

function answered(
  s: Sender,
  event: Exclude<CallEvent, EventOf<'call-failed' | 'call-interrupted'>>,
) {
  switch (event.kind) {
    case 'looked':
      return withReadBack(
        withSighting(withLookCounted(s, event.at), event.sighting, event),
        'look',
      );
    case 'access-requested':
      return withAccessRequested(s, event);
    case 'account-created':
      return withCreation(s, event);
    case 'terms-requested':
      return withAsking(s, 'terms', event);
    case 'payment-requested':
      return withAsking(s, 'payment', event);
    case 'identity-ordered':
      return withAsking(s, 'identity', event);
  }
}

function withReadBack(s: Sender, call: Call): Sender {
  return s.cancel && call === 'look' ? { ...s, cancel: { ...s.cancel, readBack: true } } : s;
}

function withAccessRequested(before: Sender, event: EventOf<'access-requested'>): Sender {
  const { sighting, asked } = event.result;
  // Read by the address: an account that we know is there until it is not found by its own id.
  const isElsewhere = before.account !== null && sighting?.kind === 'absent';
  const s = sighting && !isElsewhere ? withSighting(before, sighting, event) : before;
  switch (asked.kind) {
    case 'unneeded':
      return withoutReminder(s, 'access');
    case 'taken':
      return withAccessAsked(s, event, asked);
    case 'unanswered':
      // With no account to be seen nobody was asked, as far as we can tell.
      return sighting?.kind === 'unavailable'
        ? withAccessAsked(s, event, asked)
        : withAccessUnanswered(withAsked(s, 'access', asked, event.at), event);
    case 'refused':
      return isElsewhere ? { ...s, addressGone: true } : withAccessRefusal(s, event, asked);
  }
}

function withAccessUnanswered(s: Sender, event: When): Sender {
  const repeat = isToRepeat(s, 'access');
  const failure = { problem: 'unreachable' } as const;
  return repeat ? s : withFailure(s, { ...event, call: 'request-access', failure });
}

type Sent = Extract<AskResult['asked'], { kind: 'taken' | 'unanswered' }>;

function withAccessAsked(s: Sender, when: When, sent: Sent): Sender {
  const asked = withAsked(s, 'access', sent, when.at);
  const { refusal, ...claims } = s.claims;
  // A refusal that came before this asking was about something else.
  const refusedSince = refusal !== undefined && refusal.at >= when.startedAt;
  return {
    ...asked,
    access: 'asked',
    fieldErrors: [],
    claims: refusedSince ? s.claims : claims,
    lookWantedAt: refusedSince ? when.at : s.lookWantedAt,
  };
}

function withoutReminder(s: Sender, what: Askable): Sender {
  return { ...s, remindNow: s.remindNow.filter((other) => other !== what) };
}

function withAccessRefusal(
  s: Sender,
  event: EventOf<'access-requested'>,
  refusal: Extract<AskResult['asked'], { kind: 'refused' }>,
): Sender {
  if (refusal.field === 'email') {
    return { ...s, fieldErrors: [{ field: 'email', slug: refusal.slug }] };
  }
  // "No account" takes both: the read and the refusal. Anything else would be a guess.
  if (event.result.sighting?.kind === 'absent') {
    const { access: _nobodyAsked, ...asked } = s.asked;
    return { ...s, access: 'none', asked };
  }
  const failure = { problem: 'contract', slug: refusal.slug } as const;
  return withFailure(s, { ...event, call: 'request-access', failure });
}

function withCreation(s: Sender, event: EventOf<'account-created'>): Sender {
  const settled = { ...s.creation, unsettled: false };
  const { result } = event;
  switch (result.kind) {
    case 'created': {
      const created = withSighting(
        { ...s, how: 'created' },
        { kind: 'attached', account: result.account },
        event,
      );
      return result.termsMailed && result.account.terms !== 'yes'
        ? withMailedByItself(created, 'terms', event.at)
        : created;
    }
    case 'exists':
    case 'not-created':
      return {
        ...s,
        access: 'unknown',
        creation: { ...settled, refusals: s.creation.refusals + 1 },
        // Back to the form if no account is found; asking for access decides.
        fieldErrors: [{ field: 'form', slug: creationSlug(result.kind) }],
      };
    case 'field-refused':
      return { ...s, creation: settled, fieldErrors: result.errors };
  }
}

function creationSlug(kind: 'exists' | 'not-created'): string {
  return kind === 'exists' ? 'user_already_exist' : 'user_not_created';
}

function withAsking(
  before: Sender,
  what: 'terms' | 'payment' | 'identity',
  event: EventOf<'terms-requested' | 'payment-requested' | 'identity-ordered'>,
): Sender {
  const { sighting, asked } = event.result;
  const s = sighting ? withSighting(before, sighting, event) : before;
  switch (asked.kind) {
    case 'unneeded':
      return withoutReminder(s, what);
    case 'taken':
      return { ...withAsked(s, what, asked, event.at), paymentLink: asked.link ?? s.paymentLink };
    case 'unanswered':
      // The identity is paid for, so a lost answer is the operator's to judge.
      return {
        ...withAsked(s, what, asked, event.at),
        identityOrderLost: s.identityOrderLost || what === 'identity',
      };
    case 'refused': {
      const call = (
        { terms: 'request-terms', payment: 'request-payment', identity: 'order-identity' } as const
      )[what];
      return withFailure(s, { ...event, call, failure: { problem: 'contract', slug: asked.slug } });
    }
  }
}
