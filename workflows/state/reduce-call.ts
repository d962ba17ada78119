/** What the answers of AR24, and their absence, change. */
import { withMailedByItself } from './asked.ts';
import type { Event, EventOf } from './events.ts';
import { withLookCounted } from './hints.ts';
import { withFailure, withoutProblem, withUnconfirmed } from './problem.ts';
import { withAccessRequested, withAsking } from './reduce-asking.ts';
import { unconfirmed } from './remindable.ts';
import type { Call, Sender } from './sender.ts';
import { withSighting } from './sighting.ts';
import { withRest } from './spinning.ts';

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
  const open = unconfirmed(after);
  const settled =
    open.length > 0 ? withUnconfirmed(after, open, event) : withoutProblem(after, event.at);
  return withRest(settled, event);
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
