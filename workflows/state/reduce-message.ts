/** What messages change: claims, hints and accepted updates. */
import { CLAIMABLE, type Claimable } from '../contract/requirements.ts';
import { repeatable } from './remindable.ts';
import { notVisible, questionOf } from './requirements.ts';
import { withCorrection, withReport } from './address.ts';
import { withAccountReset } from './account-reset.ts';
import { withClaim, withRefusalClaimed, withoutRefusal } from './claims.ts';
import { withOrderAllowed } from './forgotten-order.ts';
import type { EventOf } from './events.ts';
import { withHint } from './hints.ts';
import { deadlineStoodStillMs } from './problem.ts';
import type { Override, Sender } from './sender.ts';

const UPDATES_REMEMBERED = 50;
const NAME_LENGTH = 100;

type MessageEvent = EventOf<
  | 'accepted'
  | 'refused'
  | 'check'
  | 'registered'
  | 'address-corrected'
  | 'address-reported'
  | 'remind'
  | 'extended'
  | 'cancelled'
  | 'overridden'
  | 'withdrawn'
  | 'links-revoked'
  | 'prefilled'
  | 'update-seen'
>;

export function reduceMessage(s: Sender, event: MessageEvent): Sender {
  switch (event.kind) {
    case 'accepted':
      return withAcceptance(s, event);
    case 'refused':
      return withRefusal(s, event);
    case 'check':
      return withHint(s, event.at);
    case 'registered':
      return { ...s, form: event.form, fieldErrors: [] };
    case 'address-corrected':
      return withCorrection(s, event);
    case 'address-reported':
      return withReport(s, event);
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
    case 'prefilled':
      return { ...s, prefill: event.prefill };
    case 'overridden':
      return withOverride(s, event);
    case 'update-seen':
      return withUpdateSeen(s, event.id);
  }
}

/** The first cancellation counts. */
function withCancellation(
  s: Sender,
  { by, reason }: Pick<EventOf<'cancelled'>, 'by' | 'reason'>,
): Sender {
  return s.cancel ? s : { ...s, cancel: { by, reason, readBack: false } };
}

/** While there is a problem it is a hint as well: the operator does not want to wait for the next retry. */
function withReminder(s: Sender, at: number): Sender {
  const reminded = { ...s, remindNow: repeatable(s) };
  return s.problem ? withHint(reminded, at) : reminded;
}

/** The deadline stands still during a problem, whose duration is added when it ends. */
function withDeadline(s: Sender, { until, at }: EventOf<'extended'>): Sender {
  const deadlineAt = s.problem ? until - deadlineStoodStillMs(s.problem, at) : until;
  return { ...s, waiting: { ...s.waiting, deadlineAt, deadlineByHand: true } };
}

function withUpdateSeen(s: Sender, id: string): Sender {
  const recentUpdates = [...s.meta.recentUpdates, id].slice(-UPDATES_REMEMBERED);
  return { ...s, meta: { ...s.meta, recentUpdates } };
}

/** A claim is stored, shown, and compared with AR24. */
function withAcceptance(s: Sender, event: EventOf<'accepted'>): Sender {
  const what = claimableIn(event.message);
  if (!what) return withHint(s, event.at);
  // The holder's last word counts.
  const before = what === 'attachment' ? withoutRefusal(s) : s;
  return withHint(withClaim(before, what, { by: byIn(event.message), at: event.at }), event.at);
}

function withRefusal(s: Sender, event: EventOf<'refused'>): Sender {
  return withHint(withRefusalClaimed(s, { by: byIn(event.message), at: event.at }), event.at);
}

function claimableIn(message: unknown): Claimable | undefined {
  const what = propertyOf(message, 'what');
  return CLAIMABLE.find((claimable) => claimable === what);
}

/** Signals may have any shape, also `null`. */
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

function withOverride(before: Sender, event: EventOf<'overridden'>): Sender {
  const { requirement, by, reason } = event;
  const question = requirement === 'operator' ? questionOf(before) : null;
  const record = { by, reason, at: new Date(event.at).toISOString() };
  const decided = question === 'not-visible' ? notVisible(before) : [requirement];
  const overrides = decided.map((one): Override => ({
    requirement: one,
    question: one === 'operator' ? question : null,
    record: { requirement: one, ...record },
  }));
  const s = { ...before, overrides: [...before.overrides, ...overrides] };
  switch (question) {
    case 'account-gone':
      return withAccountReset(s);
    case 'address-gone':
      return withAddressSearched(s);
    case 'other-spelling':
      return { ...s, creation: { ...s.creation, otherSpelling: 'accepted' } };
    case 'creation-refused':
      return { ...s, fieldErrors: [], creation: { ...s.creation, refusals: 0 } };
    case 'order-after-restore':
      return withOrderAllowed(s, event.at);
    case 'whose-account':
    case 'other-siret':
    case 'not-visible':
    case 'identity-order-lost':
    case null:
      return s;
  }
}

/** The operator decides that access is to be requested again. */
function withAddressSearched(s: Sender): Sender {
  const { access } = s;
  if (access.kind !== 'address-gone') return s;
  return { ...s, access: { kind: access.before, held: access.held } };
}
