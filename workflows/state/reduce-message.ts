/** What people and webhooks say: claims and hints, and the updates that were let through. */
import { CLAIMABLE, type Claimable } from '../contract/view.ts';
import { repeatable } from './remindable.ts';
import { questionOf } from './requirements.ts';
import { afresh } from './afresh.ts';
import { claimed } from './claims.ts';
import type { EventOf } from './events.ts';
import { deadlineStoodStillMs, withoutProblem } from './problem.ts';
import type { Override, Sender } from './sender.ts';

const UPDATES_REMEMBERED = 50;
const NAME_LENGTH = 100;

type MessageEvent = EventOf<
  | 'accepted'
  | 'refused'
  | 'check'
  | 'registered'
  | 'address-corrected'
  | 'remind'
  | 'extended'
  | 'cancelled'
  | 'overridden'
  | 'withdrawn'
  | 'links-revoked'
  | 'update-seen'
>;

export function reduceMessage(s: Sender, event: MessageEvent): Sender {
  switch (event.kind) {
    case 'accepted':
      return withAcceptance(s, event);
    case 'refused':
      return withRefusal(s, event);
    case 'check':
      return wantingALook(s, event.at);
    case 'registered':
      return { ...s, form: event.form, fieldErrors: [] };
    case 'address-corrected':
      return withAddress(s, event);
    case 'remind':
      return withReminder(s, event.at);
    case 'extended':
      return withDeadline(s, event);
    case 'cancelled':
      return withCancellation(s, event);
    case 'withdrawn':
      return withCancellation(s, {
        by: byIn(event.message),
        reason: textIn(event.message, 'reason') ?? 'the sign-up was withdrawn',
      });
    case 'links-revoked':
      return { ...s, linksRevokedAt: event.at };
    case 'overridden':
      return withOverride(s, event);
    case 'update-seen':
      return { ...s, recentUpdates: [...s.recentUpdates, event.id].slice(-UPDATES_REMEMBERED) };
  }
}

/** The first word counts. */
function withCancellation(
  s: Sender,
  { by, reason }: Pick<EventOf<'cancelled'>, 'by' | 'reason'>,
): Sender {
  return s.cancel ? s : { ...s, cancel: { by, reason, readBack: false } };
}

/** In trouble it is a hint as well: who says it does not mean the next try, hours from now. */
function withReminder(s: Sender, at: number): Sender {
  const reminded = { ...s, remindNow: repeatable(s) };
  return s.problem ? wantingALook(reminded, at) : reminded;
}

/** The deadline stands still in trouble, and the trouble since now is yet to be added. */
function withDeadline(s: Sender, { until, at }: EventOf<'extended'>): Sender {
  return { ...s, deadlineAt: s.problem ? until - deadlineStoodStillMs(s.problem, at) : until };
}

/** The last hint counts: a look that began before it may have missed what it is about. */
function wantingALook(s: Sender, at: number): Sender {
  return { ...s, lookWantedAt: at };
}

/** A claim is kept, shown, and read against AR24. */
function withAcceptance(s: Sender, event: EventOf<'accepted'>): Sender {
  const what = claimableIn(event.message);
  if (!what) return wantingALook(s, event.at);
  return wantingALook(claimed(s, what, { by: byIn(event.message), at: event.at }), event.at);
}

function withRefusal(s: Sender, event: EventOf<'refused'>): Sender {
  return wantingALook(claimed(s, 'refusal', { by: byIn(event.message), at: event.at }), event.at);
}

function claimableIn(message: unknown): Claimable | undefined {
  const what = propertyOf(message, 'what');
  return CLAIMABLE.find((claimable) => claimable === what);
}

/** Signals come in any shape, `null` too. */
function byIn(message: unknown): string {
  return textIn(message, 'by') ?? 'unknown';
}

function textIn(message: unknown, name: 'by' | 'reason'): string | undefined {
  const text = propertyOf(message, name);
  return typeof text === 'string' && text !== '' ? text.slice(0, NAME_LENGTH) : undefined;
}

function propertyOf(value: unknown, name: 'what' | 'by' | 'reason'): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** The trouble with the old address was the old address's: the new one is tried at once. */
function withAddress(s: Sender, event: EventOf<'address-corrected'>): Sender {
  const { email, emailHash, emailVerified } = event.address;
  const request = { ...s.request, email, emailVerified };
  if (email === s.request.email) {
    const fieldErrors = s.fieldErrors.filter(({ field }) => field !== 'email');
    return { ...s, request, fieldErrors };
  }
  return { ...withoutProblem(afresh(s), event.at), request, emailHash };
}

function withOverride(before: Sender, event: EventOf<'overridden'>): Sender {
  const { requirement, by, reason } = event;
  const question = requirement === 'operator' ? questionOf(before) : null;
  const override: Override = {
    requirement,
    question,
    record: { requirement, by, reason, at: new Date(event.at).toISOString() },
  };
  const s = { ...before, overrides: [...before.overrides, override] };
  switch (question) {
    case 'account-gone':
      return afresh(s);
    case 'address-gone':
      return { ...s, addressGone: false };
    case 'creation-refused':
      return { ...s, fieldErrors: [], creation: { ...s.creation, refusals: 0 } };
    case 'whose-account':
    case 'other-siret':
    case 'identity-order-lost':
    case null:
      return s;
  }
}
