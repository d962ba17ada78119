/** What people say to be done, beside what AR24 shows. */
import { settled } from './requirements.ts';
import type { Claim, Sender } from './sender.ts';

export type Claimed = keyof Sender['claims'];

/** AR24 was read after the claim and shows something else. */
export function isContradicted(s: Sender, what: Claimed): boolean {
  const claim = s.claims[what];
  if (!claim || !s.lastLook || s.lastLook.at <= claim.at) return false;
  if (what === 'attachment') return s.access !== 'granted';
  if (what === 'refusal') return s.access === 'granted';
  return !settled(s, what);
}

/** The first word on a matter stands, until AR24 has contradicted it: then the next counts anew. */
export function claimed(s: Sender, what: Claimed, claim: Claim): Sender {
  const earlier = s.claims[what];
  const stands = earlier !== undefined && !isContradicted(s, what);
  return { ...s, claims: { ...s.claims, [what]: stands ? earlier : claim } };
}
