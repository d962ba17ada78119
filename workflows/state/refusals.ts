/** Why a message cannot be taken now: null when it can. Each reason says what to do instead. */
import type { Overridable } from '../contract/index.ts';
import { repeatable } from './remindable.ts';
import { questionOf, settled, waitingFor } from './requirements.ts';
import type { Sender } from './sender.ts';

const REMIND_AGAIN_MS = 10 * 60_000;
const LONGEST_EXTENSION_MS = 366 * 86_400_000;

export function refusalToRegister(s: Sender): string | null {
  if (s.outcome) return ended(s);
  if (s.acting === 'create-account') return 'the account is being created from the form at hand';
  if (s.access === 'unknown' || s.access === 'none') return null;
  return 'no form is needed: the sender has an AR24 account';
}

export function refusalToCorrectAddress(s: Sender): string | null {
  if (s.outcome) return ended(s);
  if (s.acting === 'create-account' || s.creation.unsettled) {
    return 'the account is being created for the present address';
  }
  if (s.acting === 'order-identity') return 'the identity check is being ordered for this account';
  const question = questionOf(s);
  return s.account === null || question === 'account-gone' || question === 'address-gone'
    ? null
    : 'the account exists already: its holder changes the address at AR24';
}

export function refusalToRemind(s: Sender, now: number): string | null {
  if (s.outcome) return ended(s);
  const what = repeatable(s);
  if (what.length === 0) {
    return `AR24 can mail no reminder for what is outstanding (${waitingFor(s).join(', ') || 'nothing yet'})`;
  }
  const last = Math.max(...what.map((askable) => s.asked[askable]?.last ?? 0));
  return now - last < REMIND_AGAIN_MS
    ? 'the last mail is less than 10 minutes old: wait before the next'
    : null;
}

export function refusalToExtend(s: Sender, until: number, now: number): string | null {
  if (s.outcome) return ended(s);
  if (Number.isNaN(until)) return 'the new deadline is not a date: use ISO 8601, as 2027-01-31';
  if (until <= now) return 'the new deadline is in the past';
  return until - now > LONGEST_EXTENSION_MS ? 'the new deadline is more than a year away' : null;
}

export function refusalToCancel(s: Sender): string | null {
  return s.outcome ? ended(s) : null;
}

export function refusalToRevokeLinks(s: Sender): string | null {
  return s.outcome ? ended(s) : null;
}

export function refusalToOverride(s: Sender, requirement: Overridable): string | null {
  if (s.outcome) return ended(s);
  const outstanding = waitingFor(s);
  if (!outstanding.includes(requirement)) {
    return `${requirement} is not outstanding (waiting for ${outstanding.join(', ') || 'AR24'})`;
  }
  if (requirement === 'operator') return null;
  // AR24's own word goes before an operator's.
  return s.account?.[requirement] === 'no' && !settled(s, requirement) && shown(requirement)
    ? `AR24 shows that ${requirement} is still missing; only what AR24 does not show can be overridden`
    : null;
}

/** AR24 shows no identity by leaving the field out, so "no" proves nothing there. */
function shown(requirement: Overridable): boolean {
  return requirement !== 'identity';
}

function ended(s: Sender): string {
  return `this onboarding has ended (${s.outcome?.kind ?? 'unknown'}); start it again to go on`;
}
