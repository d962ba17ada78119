/** Claims: statements that something is done, which AR24 may not show. */
import { isSatisfied } from './requirements.ts';
import type { Claim, Sender } from './sender.ts';

export type Claimed = keyof Sender['claims'];

/** AR24 was read after the claim, and shows something else. */
export function isContradicted(s: Sender, what: Claimed): boolean {
  const claim = s.claims[what];
  if (!claim || !s.lastRead || s.lastRead.at <= claim.at) return false;
  if (what === 'attachment') return s.access.kind !== 'granted';
  if (what === 'refusal') return s.access.kind === 'granted';
  return !isSatisfied(s, what);
}

/**
 * The first claim is kept until AR24 contradicts it; then the next one replaces it. A refusal during a request for access
 * replaces it too: the earlier refusal is about an earlier request, and forgotten once this one is answered.
 */
export function claimed(s: Sender, what: Claimed, claim: Claim): Sender {
  const earlier = s.claims[what];
  const isOfThisRequest = what === 'refusal' && s.acting === 'request-access';
  const stands = earlier !== undefined && !isContradicted(s, what) && !isOfThisRequest;
  return { ...s, claims: { ...s.claims, [what]: stands ? earlier : claim } };
}
