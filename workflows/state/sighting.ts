/** What a read of AR24 changes: the account, access to it, and whether a refusal stands. */
import type { Account, Sighting } from '../contract/index.ts';
import { holderWasAsked } from './asked.ts';
import { withHintFollowed } from './hints.ts';
import { readsAsSame } from './same.ts';
import type { Sender } from './sender.ts';

const MOST_ACCESS_REQUESTS = 10;

/** When the read began and ended (ms since the epoch). */
export interface When {
  readonly at: number;
  readonly startedAt: number;
}

/**
 * The same, of a read that rode along with a call. Where AR24 was read in the meantime, it is not
 * known which read is the newer: AR24 is looked at again.
 */
export function withSightingOfCall(s: Sender, sighting: Sighting, when: When): Sender {
  const last = s.lastLook;
  const isOvertaken =
    last !== null && last.at > when.startedAt && !readsAsSame(last.sighting, sighting);
  return isOvertaken ? { ...s, lookWantedAt: when.at } : withSighting(s, sighting, when);
}

export function withSighting(before: Sender, sighting: Sighting, when: When): Sender {
  const s = withHintFollowed(
    {
      ...before,
      lastLook: { at: when.at, sighting },
      creation: { ...before.creation, unsettled: mayStillCome(before, sighting) },
    },
    when,
  );
  switch (sighting.kind) {
    case 'attached':
      return withAccount(s, sighting.account);
    case 'unavailable':
      return withoutAccess({ ...s, accountGone: false });
    case 'absent':
      if (s.account !== null) return { ...s, accountGone: true };
      return holderIsGone(before) ? { ...s, access: 'unknown' } : refusalSeen(s);
  }
}

/**
 * Whom we asked has no account any more. As long as a reminder comes it finds that out; bounded, as
 * it leads to a mail where AR24 only seems not to know him.
 */
function holderIsGone({ access, lastLook, asked, policy }: Sender): boolean {
  if (access !== 'asked' || lastLook?.sighting.kind !== 'unavailable' || !asked.access)
    return false;
  const { reminders, times } = asked.access;
  const isReminded = policy.remindAttachment && reminders < policy.reminderDays.length;
  return !isReminded && times < MOST_ACCESS_REQUESTS;
}

/** AR24 may commit a creation whose call was broken off after it was read as absent. */
function mayStillCome({ cancel, creation }: Sender, sighting: Sighting): boolean {
  return creation.unsettled && cancel !== null && sighting.kind === 'absent';
}

/** AR24 shows us the account: access granted, whatever anybody claimed. */
function withAccount(s: Sender, account: Account): Sender {
  const { refusal: _overruled, ...claims } = s.claims;
  return {
    ...s,
    account,
    accountGone: false,
    addressGone: false,
    access: 'granted',
    how: s.how ?? howOf(s, account),
    fieldErrors: [],
    claims,
  };
}

function howOf(s: Sender, account: Account): NonNullable<Sender['how']> {
  if (s.creation.tried && account.customRef === s.request.reference) return 'created';
  return holderWasAsked(s) ? 'attached' : 'found';
}

function withoutAccess(s: Sender): Sender {
  switch (s.access) {
    case 'granted': {
      // Asked again from the start: the earlier asking was answered, the earlier claim true.
      const { access: _answered, ...asked } = s.asked;
      const { attachment: _wasTrue, ...claims } = s.claims;
      return { ...s, access: 'lost', asked, claims };
    }
    case 'none':
      return { ...s, access: 'unknown' };
    case 'unknown':
    case 'asked':
    case 'lost':
    case 'refused':
      return refusalSeen(s);
  }
}

/** A refusal that was claimed stands once AR24, read after it, shows no access. */
function refusalSeen(s: Sender): Sender {
  const claim = s.claims.refusal;
  const read = claim !== undefined && s.lookWantedAt === null;
  return s.access === 'asked' && read ? { ...s, access: 'refused' } : s;
}
