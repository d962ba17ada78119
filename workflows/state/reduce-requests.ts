/** What the results of requests change: mails by AR24, and the identity order. */
import type { AccountSnapshot, MailRequest, RequestResult } from '../contract/index.ts';
import { asAddressGone, asRequested, isRequested } from './access.ts';
import { CALL_OF, isLeftToReminder, withRequest } from './requests.ts';
import { isRefusalClaimed } from './claims.ts';
import type { EventOf } from './events.ts';
import { withOrderSuspected } from './forgotten-order.ts';
import { withHint } from './hints.ts';
import { withFailure } from './problem.ts';
import { repeatable } from './remindable.ts';
import { isSatisfied } from './requirements.ts';
import type { CallKind, Sender } from './sender.ts';
import { withSnapshotOfCall, type When } from './snapshot.ts';
import { withInconsistency } from './livelock-guard.ts';

export function withAnswerToAccess(before: Sender, event: EventOf<'access-requested'>): Sender {
  const { snapshot, answer } = event.result;
  // The read was by address: a known account exists until it is not found by its own id.
  const isElsewhere = before.access.held !== null && snapshot?.kind === 'absent';
  const s = snapshot && !isElsewhere ? withSnapshotOfCall(before, snapshot, event) : before;
  /** What AR24 showed before the request: the call did not read it again, or failed. */
  const shown = snapshot ?? before.lastRead?.snapshot;
  switch (answer.kind) {
    case 'not-needed': {
      const isRegained = before.access.kind === 'lost' && s.access.kind === 'granted';
      return isRegained ? withInconsistency(s, event) : withoutReminder(s, 'access');
    }
    case 'sent':
      return withAccessSent(s, event, answer);
    case 'unconfirmed': {
      // If no account was visible, nobody can have been mailed.
      const sent =
        shown?.kind === 'unavailable'
          ? withAccessSent(s, event, answer)
          : withRequest(s, 'access', answer, event.at);
      return withLostAnswer(sent, 'access', event, answer);
    }
    case 'refused':
      return isElsewhere
        ? { ...s, access: asAddressGone(s.access) }
        : withAccessDenied(s, event, answer, shown);
  }
}

/** Repeated once; if that is unconfirmed too, it is a problem, and the next repetition is the reminder. */
function withLostAnswer(
  s: Sender,
  what: MailRequest,
  when: When,
  { problem }: Extract<Sent, { kind: 'unconfirmed' }>,
): Sender {
  const isOpen =
    what === 'terms' || what === 'payment' ? !isSatisfied(s, what) : s.access.kind !== 'granted';
  return isOpen && isLeftToReminder(s, what)
    ? withFailure(s, { ...when, call: CALL_OF[what], failure: { problem, delivered: 'unknown' } })
    : s;
}

type Sent = Extract<RequestResult['answer'], { kind: 'sent' | 'unconfirmed' }>;

function withAccessSent(s: Sender, when: When, sent: Sent): Sender {
  const next = {
    ...withRequest(s, 'access', sent, when.at),
    access: asRequested(s.access),
    fieldErrors: [],
  };
  // The holder refused during the request.
  return isRefusalClaimed(s) ? withHint(next, when.at) : next;
}

/** The snapshot before the request may differ in a way that does not concern what an operator wants repeated. */
function withoutReminder(s: Sender, what: MailRequest): Sender {
  if (repeatable(s).includes(what)) return s;
  return { ...s, remindNow: s.remindNow.filter((other) => other !== what) };
}

/** AR24 refused the request. */
function withAccessDenied(
  s: Sender,
  event: EventOf<'access-requested'>,
  { field, slug }: Extract<RequestResult['answer'], { kind: 'refused' }>,
  shown: AccountSnapshot | undefined,
): Sender {
  // AR24 accepted this address before, so the field is not at fault.
  if (field === 'email' && !isRequested(s.access) && s.access.held === null) {
    return { ...s, fieldErrors: [{ field: 'email', slug }] };
  }
  // Both the read and the refusal have to say "no account". Anything else would be a guess.
  if (shown?.kind === 'absent' && s.access.held === null) {
    const { access: _nobodyAsked, ...requests } = s.requests;
    return { ...s, access: { kind: 'no-account', held: null }, requests };
  }
  return withRequestRefused(s, 'request-access', event, slug);
}

/** Of a request by mail for a known account. */
export function withRequestResult(
  before: Sender,
  what: 'terms' | 'payment',
  event: EventOf<'terms-requested' | 'payment-requested'>,
): Sender {
  const { snapshot, answer } = event.result;
  const s = snapshot ? withSnapshotOfCall(before, snapshot, event) : before;
  switch (answer.kind) {
    case 'not-needed':
      return withoutReminder(s, what);
    case 'sent':
      return {
        ...withRequest(s, what, answer, event.at),
        paymentLink: answer.link ?? s.paymentLink,
      };
    case 'unconfirmed':
      return withLostAnswer(withRequest(s, what, answer, event.at), what, event, answer);
    case 'refused':
      return withRequestRefused(s, CALL_OF[what], event, answer.slug);
  }
}

/** The order is paid, so the operator judges an unconfirmed one. */
export function withOrderResult(before: Sender, event: EventOf<'identity-ordered'>): Sender {
  const { snapshot, answer } = event.result;
  const s = snapshot ? withSnapshotOfCall(before, snapshot, event) : before;
  switch (answer.kind) {
    case 'not-needed':
      return s;
    case 'withheld':
      return withOrderSuspected(s);
    case 'sent':
    case 'unconfirmed': {
      const outcome = answer.kind === 'sent' ? 'placed' : 'unknown';
      const order = {
        accountId: event.accountId ?? s.access.held?.account.id ?? null,
        at: event.at,
        outcome,
      } as const;
      return { ...s, identityOrders: [...s.identityOrders, order] };
    }
    case 'refused':
      return withRequestRefused(s, 'order-identity', event, answer.slug);
  }
}

function withRequestRefused(s: Sender, call: CallKind, when: When, slug: string): Sender {
  const failure = { problem: 'contract', slug, delivered: 'no' } as const;
  return withFailure(s, { ...when, call, failure });
}
