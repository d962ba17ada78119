/** What a read of AR24 changes: the account, access to it, and whether a refusal stands. */
import type { Account, Sighting } from '../contract/index.ts';
import { withHintFollowed } from './hints.ts';
import type { Sender } from './sender.ts';

/** When the read began and ended (ms since the epoch). */
export interface When {
  readonly at: number;
  readonly startedAt: number;
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
      return s.account === null ? refusalSeen(s) : { ...s, accountGone: true };
  }
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
  return s.asked.access ? 'attached' : 'found';
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
