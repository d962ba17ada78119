/** What comes of asking AR24 to mail somebody, or to order an identity check. */
import type { AskResult } from '../contract/index.ts';
import { CALL_OF, isLeft, withAsked } from './asked.ts';
import type { EventOf } from './events.ts';
import { withFailure } from './problem.ts';
import { repeatable } from './remindable.ts';
import { settled } from './requirements.ts';
import type { Askable, Sender } from './sender.ts';
import { withSightingOfCall, type When } from './sighting.ts';
import { withContradiction } from './spinning.ts';

export function withAccessRequested(before: Sender, event: EventOf<'access-requested'>): Sender {
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

export function withAsking(
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
