/** What the results and failures of calls change. */
import { withAutomaticMail } from './requests.ts';
import type { Event, EventOf } from './events.ts';
import { withReadCounted } from './hints.ts';
import { withFailure, withoutProblem, withProblemOfUnconfirmed } from './problem.ts';
import { withAnswerToAccess, withOrderResult, withRequestResult } from './reduce-requests.ts';
import { unconfirmedRequests } from './remindable.ts';
import type { CallKind, Sender } from './sender.ts';
import { withSnapshot } from './snapshot.ts';
import { withCooldown } from './livelock-guard.ts';

type CallEvent = Extract<Event, { startedAt: number } | { kind: 'call-interrupted' }>;

export function reduceCall(before: Sender, reported: CallEvent): Sender {
  const event = isRequestInDoubt(reported) ? asMade(reported) : reported;
  // A poll may return while another call is in flight.
  const s = before.acting === callOf(event) ? { ...before, acting: null } : before;
  // The address was corrected during the call: its result is about another person.
  if (event.email !== s.request.email) return s;
  // A request that was sent before the interruption returns a result of its own.
  if (event.kind === 'call-interrupted') return withDoubt(s, event.call);
  if (event.kind === 'call-failed') {
    const failed = withReadBack(withFailure(s, event), event.call);
    return event.failure.delivered === 'no' ? failed : withDoubt(failed, event.call);
  }
  const after = answered(s, event);
  // The failure has set a problem of its own.
  if (after.problem !== s.problem) return after;
  const open = unconfirmedRequests(after);
  const settled =
    open.length > 0
      ? withProblemOfUnconfirmed(after, open, event)
      : withoutProblem(after, event.at);
  return withCooldown(settled, event);
}

const ANSWER_OF = {
  'request-access': 'access-requested',
  'request-terms': 'terms-requested',
  'request-payment': 'payment-requested',
  'order-identity': 'identity-ordered',
} as const;

type DoubtfulRequest = EventOf<'call-failed'> & { readonly call: keyof typeof ANSWER_OF };

function isRequestInDoubt(event: CallEvent): event is DoubtfulRequest {
  return (
    event.kind === 'call-failed' && event.call in ANSWER_OF && event.failure.delivered !== 'no'
  );
}

/** A request that may have reached AR24 counts as made, whatever failed. So a paid order is never repeated. */
function asMade({ call, failure, ...event }: DoubtfulRequest): CallEvent {
  const answer = { kind: 'unconfirmed', problem: failure.problem } as const;
  return { ...event, kind: ANSWER_OF[call], result: { snapshot: null, answer } };
}

/** AR24 may have created the account nevertheless: it is read before the next creation. */
function withDoubt(s: Sender, call: CallKind): Sender {
  return call === 'create-account' ? { ...s, creation: { ...s.creation, unconfirmed: true } } : s;
}

function callOf(event: CallEvent): CallKind {
  switch (event.kind) {
    case 'account-read':
      return 'read-account';
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
    case 'account-read':
      return withReadBack(
        withSnapshot(withReadCounted(s, event.at), event.snapshot, event),
        'read-account',
      );
    case 'access-requested':
      return withAnswerToAccess(s, event);
    case 'account-created':
      return withCreation(s, event);
    case 'terms-requested':
      return withRequestResult(s, 'terms', event);
    case 'payment-requested':
      return withRequestResult(s, 'payment', event);
    case 'identity-ordered':
      return withOrderResult(s, event);
  }
}

function withReadBack(s: Sender, call: CallKind): Sender {
  return s.cancel && call === 'read-account'
    ? { ...s, cancel: { ...s.cancel, readBack: true } }
    : s;
}

function withCreation(s: Sender, event: EventOf<'account-created'>): Sender {
  const creation = { ...s.creation, unconfirmed: false };
  const { result } = event;
  switch (result.kind) {
    case 'created': {
      const snapshot = { kind: 'attached', account: result.account } as const;
      const created = withSnapshot(s, snapshot, event, 'created');
      return result.termsMailed && result.account.terms !== 'yes'
        ? withAutomaticMail(created, 'terms', event.at)
        : created;
    }
    case 'exists':
    case 'not-created':
      // A poll has shown the account meanwhile.
      if (s.access.held !== null) return { ...s, creation };
      return {
        ...s,
        access: { kind: 'unknown', held: null },
        // Contradicted by this answer.
        lastRead: null,
        creation: { ...creation, refusals: s.creation.refusals + 1 },
        // If the request for access finds no account either, the person is asked for the form again.
        fieldErrors: [{ field: 'form', slug: creationSlug(result.kind) }],
      };
    case 'other-spelling':
      return { ...s, creation: { ...creation, otherSpelling: 'seen' } };
    case 'field-refused':
      return { ...s, creation, fieldErrors: result.errors };
  }
}

function creationSlug(kind: 'exists' | 'not-created'): string {
  return kind === 'exists' ? 'user_already_exist' : 'user_not_created';
}
