/** Claims: statements that something is done, which AR24 may not show. */
import type { Claimable } from '../contract/index.ts';
import { isSatisfied } from './requirements.ts';
import type { Claim, Sender } from './sender.ts';

/** AR24 was read after the claim, and shows something else. */
export function isContradicted(s: Sender, what: keyof Sender['claims']): boolean {
  const claim = s.claims[what];
  if (!claim || !s.lastRead || s.lastRead.at <= claim.at) return false;
  // AR24 that shows access removes it.
  if (what === 'refusal') return false;
  if (what === 'attachment') return s.access.kind !== 'granted';
  return !isSatisfied(s, what);
}

/** The first claim is kept until AR24 contradicts it; then the next one replaces it. */
export function withClaim(s: Sender, what: Claimable, claim: Claim): Sender {
  const earlier = s.claims[what];
  const stands = earlier !== undefined && !isContradicted(s, what);
  return { ...s, claims: { ...s.claims, [what]: stands ? earlier : claim } };
}

/** The last refusal is kept, until AR24 shows access: a read from before it decides nothing. */
export function withRefusalClaimed(s: Sender, claim: Claim): Sender {
  return { ...s, claims: { ...s.claims, refusal: claim } };
}

/** The holder is not asked again before AR24 was read: it may show access, or the refusal counts. */
export function isRefusalClaimed(s: Sender): boolean {
  return s.claims.refusal !== undefined;
}

/** AR24 shows access, the holder changed their mind, or the refusal is about an earlier request. */
export function withoutRefusal(s: Sender): Sender {
  const { refusal: _overruled, ...claims } = s.claims;
  return { ...s, claims };
}
