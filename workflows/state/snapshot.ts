/** What a read of AR24 changes: the account, access to it, and a claimed refusal. */
import type { Account, AccountSnapshot } from '../contract/index.ts';
import { withAccountReset } from './account-reset.ts';
import { accessWasRequested, isRequested, type HeldAccount } from './access.ts';
import { isRefusalClaimed, withoutRefusal } from './claims.ts';
import { withOrderExcluded } from './forgotten-order.ts';
import { withHint, withHintFollowed, withReadCounted } from './hints.ts';
import { dayOfReminder } from './remindable.ts';
import type { Sender } from './sender.ts';

const MAX_ACCESS_REQUESTS = 10;
const MAX_REQUESTED_ANEW = 10;
const BETWEEN_MAILS_MS = 86_400_000;

/** When the read began and ended (ms since the epoch). */
export interface When {
  readonly at: number;
  readonly startedAt: number;
}

/**
 * The same for a snapshot that is part of a call's result. If AR24 was read in the meantime, it is not known which
 * of the two is newer: AR24 is read again.
 */
export function withSnapshotOfCall(s: Sender, snapshot: AccountSnapshot, when: When): Sender {
  const last = s.lastRead;
  const isOvertaken = last !== null && last.at > when.startedAt && !isSame(last.snapshot, snapshot);
  if (isOvertaken) return withHint(s, when.at);
  const { pendingAt } = s.hints;
  const isByHint = pendingAt !== null && pendingAt <= when.startedAt;
  return withSnapshot(isByHint ? withReadCounted(s, when.at) : s, snapshot, when);
}

/** @param via how access was obtained, where the call that showed the account says it */
export function withSnapshot(
  before: Sender,
  snapshot: AccountSnapshot,
  when: When,
  via?: HeldAccount['via'],
): Sender {
  const s = withReadOf(before, snapshot, when);
  return withOrderExcluded(withShown(s, before, snapshot, when, via), snapshot, when.startedAt);
}

function withReadOf(before: Sender, snapshot: AccountSnapshot, when: When): Sender {
  return withHintFollowed(
    {
      ...before,
      lastRead: { at: when.at, snapshot },
      creation: { ...before.creation, unconfirmed: mayStillCome(before, snapshot) },
    },
    when,
  );
}

function withShown(
  s: Sender,
  before: Sender,
  snapshot: AccountSnapshot,
  when: When,
  via?: HeldAccount['via'],
): Sender {
  switch (snapshot.kind) {
    case 'attached':
      return withAccount(s, snapshot.account, when, via);
    case 'unavailable':
      return withoutAccess(s);
    case 'absent':
      return withoutAccount(s, before);
  }
}

function withoutAccount(s: Sender, before: Sender): Sender {
  const { access } = s;
  switch (access.kind) {
    case 'unknown':
    case 'no-account':
    case 'refused':
    case 'account-gone':
      return s;
    case 'requested':
      if (access.held) return gone(s, access.held, 'requested');
      return holderIsGone(before) && !isRefusalClaimed(s) ? withUnknownAccess(s) : refusalSeen(s);
    case 'granted':
    case 'lost':
      return gone(s, access.held, access.kind);
    case 'address-gone':
      return gone(s, access.held, access.before);
  }
}

function gone(s: Sender, held: HeldAccount, before: 'granted' | 'lost' | 'requested'): Sender {
  return { ...s, access: { kind: 'account-gone', held, before } };
}

function withUnknownAccess(s: Sender): Sender {
  return { ...s, access: { kind: 'unknown', held: null } };
}

/**
 * The holder whose access was requested has no account any more. As long as reminders remain, the next one discovers
 * it. Bounded, since each time causes a mail if AR24 only seems not to know the address.
 */
function holderIsGone(before: Sender): boolean {
  const { access, lastRead, requests } = before;
  if (access.kind !== 'requested' || lastRead?.snapshot.kind !== 'unavailable' || !requests.access)
    return false;
  const isReminded = dayOfReminder(before, 'access') !== undefined;
  return !isReminded && requests.access.times < MAX_ACCESS_REQUESTS;
}

/** AR24 may commit an interrupted creation after a read showed no account. */
function mayStillCome({ cancel, creation }: Sender, snapshot: AccountSnapshot): boolean {
  return creation.unconfirmed && cancel !== null && snapshot.kind === 'absent';
}

/** AR24 shows the account: access is granted, whatever was claimed. */
function withAccount(
  before: Sender,
  account: Account,
  when: When,
  via?: HeldAccount['via'],
): Sender {
  const known = before.access.held?.account.id;
  const isAnother = known !== undefined && known !== account.id;
  // The address leads to another account: what proved the earlier one proves nothing for this one.
  const s = isAnother
    ? { ...withAccountReset(before), lastRead: before.lastRead }
    : withLosses(before, account, when.at);
  // A later refusal is compared with a later read: this one may show what was before it.
  const isOlderRefusal = (s.claims.refusal?.at ?? 0) <= when.startedAt;
  return {
    ...(isOlderRefusal ? withoutRefusal(s) : s),
    access: {
      kind: 'granted',
      held: { account, via: via ?? s.access.held?.via ?? viaOf(s, account) },
      otherRequesters: s.access.kind === 'granted' ? s.access.otherRequesters : 'unknown',
    },
    fieldErrors: [],
  };
}

/** Satisfied, and then outstanding again: AR24 has new terms, or a card has expired. */
function withLosses(before: Sender, account: Account, at: number): Sender {
  return (['terms', 'payment'] as const)
    .filter((what) => before.access.held?.account[what] === 'yes' && account[what] === 'no')
    .reduce((s, what) => withLoss(s, what, at), before);
}

/** Requested from the start again: an earlier claim was about what is lost now. */
function withLoss(s: Sender, what: 'terms' | 'payment', at: number): Sender {
  const { terms: _wasTrue, ...others } = s.claims;
  const claims = what === 'terms' ? others : s.claims;
  const { [what]: before, ...requests } = s.requests;
  const isLink = what === 'payment' && s.paymentLink !== null;
  // If AR24's answers alternate, the person is not mailed each time.
  const mayMail = isLink || before === undefined || at - before.last >= BETWEEN_MAILS_MS;
  if (!mayMail || s.requestedAnew >= MAX_REQUESTED_ANEW) return { ...s, claims };
  const paymentLink = isLink ? null : s.paymentLink;
  return { ...s, claims, requests, paymentLink, requestedAnew: s.requestedAnew + 1 };
}

function viaOf(s: Sender, account: Account): HeldAccount['via'] {
  if (s.creation.tried && account.customRef === s.request.reference) return 'created';
  return accessWasRequested(s) ? 'attached' : 'found';
}

function withoutAccess(s: Sender): Sender {
  const { access } = s;
  switch (access.kind) {
    case 'granted':
      return withAccessLost(s, access.held);
    case 'account-gone':
      if (access.before === 'granted') return withAccessLost(s, access.held);
      return refusalSeen({ ...s, access: { kind: access.before, held: access.held } });
    case 'no-account':
      return withUnknownAccess(s);
    case 'unknown':
    case 'requested':
    case 'lost':
    case 'refused':
    case 'address-gone':
      return refusalSeen(s);
  }
}

/** Requested from the start again, unless the holder also refuses: the earlier request was answered, and the claim was true. */
function withAccessLost(s: Sender, held: HeldAccount): Sender {
  const { access: _answered, ...requests } = s.requests;
  const { attachment: _wasTrue, ...claims } = s.claims;
  return refusalSeen({ ...s, access: { kind: 'lost', held }, requests, claims });
}

/** A claimed refusal counts once AR24, read after it, shows no access. */
function refusalSeen(s: Sender): Sender {
  const wasAsked =
    isRequested(s.access) || s.access.kind === 'lost' || s.access.kind === 'address-gone';
  const isReadSince = s.hints.pendingAt === null;
  if (!wasAsked || !isRefusalClaimed(s) || !isReadSince) return s;
  return { ...s, access: { kind: 'refused', held: s.access.held } };
}

/** Equal as JSON: enough for the plain values that Temporal stores. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
