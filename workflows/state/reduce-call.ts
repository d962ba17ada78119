/** What the answers of AR24, and their absence, change. */
import type { AskResult } from '../contract/index.ts';
import { isLeft, withAsked, withMailedByItself } from './asked.ts';
import type { Event, EventOf } from './events.ts';
import { withLookCounted } from './hints.ts';
import { withFailure, withoutProblem, withProblemKept } from './problem.ts';
import { remindable, repeatable } from './remindable.ts';
import { settled } from './requirements.ts';
import type { Askable, Call, Sender } from './sender.ts';
import { withSighting, withSightingOfCall, type When } from './sighting.ts';
import { withContradiction, withRest } from './spinning.ts';

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
  // Whatever failed has set its own problem.
  if (after.problem !== s.problem) return after;
  return withRest(
    isUnconfirmed(after) ? withProblemKept(after, event) : withoutProblem(after, event.at),
    event,
  );
}

/** The trouble is that AR24 does not say whether it mailed: a look, though answered, does not end it. */
function isUnconfirmed(s: Sender): boolean {
  return remindable(s).some((what) => s.problem?.call === CALL_OF[what] && isLeft(s, what));
}

const CALL_OF = {
  access: 'request-access',
  terms: 'request-terms',
  payment: 'request-payment',
  identity: 'order-identity',
} as const satisfies Readonly<Record<Askable, Call>>;

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
  const s = sighting && !isElsewhere ? withSightingOfCall(before, sighting, event) : before;
  switch (asked.kind) {
    case 'unneeded': {
      const isRegained = before.access === 'lost' && s.access === 'granted';
      return isRegained ? withContradiction(s, event) : withoutReminder(s, 'access');
    }
    case 'taken':
      return withAccessAsked(s, event, asked);
    case 'unanswered': {
      // With no account to be seen nobody was asked, as far as we can tell.
      const sent =
        sighting?.kind === 'unavailable'
          ? withAccessAsked(s, event, asked)
          : withAsked(s, 'access', asked, event.at);
      return withUnanswered(sent, 'access', event, asked);
    }
    case 'refused':
      return isElsewhere ? { ...s, addressGone: true } : withAccessRefusal(s, event, asked);
  }
}

/** Repeated once; then it shows as a problem, and is left to the reminder. */
function withUnanswered(
  s: Sender,
  what: Askable,
  when: When,
  { problem }: Extract<Sent, { kind: 'unanswered' }>,
): Sender {
  const isOpen =
    what === 'terms' || what === 'payment' ? !settled(s, what) : s.access !== 'granted';
  return isOpen && isLeft(s, what)
    ? withFailure(s, { ...when, call: CALL_OF[what], failure: { problem } })
    : s;
}

type Sent = Extract<AskResult['asked'], { kind: 'taken' | 'unanswered' }>;

function withAccessAsked(s: Sender, when: When, sent: Sent): Sender {
  const asked = withAsked(s, 'access', sent, when.at);
  const { refusal, ...claims } = s.claims;
  // A refusal that came before this asking was about something else.
  const refusedSince = refusal !== undefined && refusal.at >= when.startedAt;
  return {
    ...asked,
    // He let us in while he was asked once more.
    access: s.access === 'granted' ? 'granted' : 'asked',
    fieldErrors: [],
    claims: refusedSince ? s.claims : claims,
    lookWantedAt: refusedSince ? when.at : s.lookWantedAt,
  };
}

/** What the look before an asking showed may have nothing to do with what is to be repeated. */
function withoutReminder(s: Sender, what: Askable): Sender {
  if (repeatable(s).includes(what)) return s;
  return { ...s, remindNow: s.remindNow.filter((other) => other !== what) };
}

function withAccessRefusal(
  s: Sender,
  event: EventOf<'access-requested'>,
  refusal: Extract<AskResult['asked'], { kind: 'refused' }>,
): Sender {
  // Whom AR24 asked before has an address that it takes.
  if (refusal.field === 'email' && s.access !== 'asked') {
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
  const s = sighting ? withSightingOfCall(before, sighting, event) : before;
  switch (asked.kind) {
    case 'unneeded':
      return withoutReminder(s, what);
    case 'taken': {
      const taken = withAsked(s, what, asked, event.at);
      if (what === 'identity') return withOrder(taken);
      return { ...taken, paymentLink: asked.link ?? s.paymentLink };
    }
    case 'unanswered':
      return what === 'identity'
        ? { ...withOrder(withAsked(s, what, asked, event.at)), identityOrderLost: true }
        : withUnanswered(withAsked(s, what, asked, event.at), what, event, asked);
    case 'refused': {
      const failure = { problem: 'contract', slug: asked.slug } as const;
      return withFailure(s, { ...event, call: CALL_OF[what], failure });
    }
  }
}

/** It is paid for, so a lost answer is the operator's to judge. */
function withOrder(s: Sender): Sender {
  return { ...s, identityOrderedFor: s.account?.id ?? null };
}
