/** Why an update is rejected now; null if it is accepted. Each reason says what to do instead. */
import {
  MAIL_AGAIN_MS,
  type CorrectAddress,
  type Overridable,
  type Requirement,
} from '../contract/index.ts';
import { isRefusalClaimed } from './claims.ts';
import { repeatable } from './remindable.ts';
import { questionOf, isSatisfied, waitingFor } from './requirements.ts';
import type { Sender } from './sender.ts';

/**
 * Every hash stays in the search attribute, since each address may have been mailed. Temporal accepts 2 KB of JSON
 * for an attribute, and fails a run that writes more.
 */
const MOST_HASHES_CHARACTERS = 2_000;
const LONGEST_EXTENSION_MS = 366 * 86_400_000;

/** What helps with requirements for which AR24 has no mail that it could repeat. */
const HELP: Readonly<Partial<Record<Requirement, string>>> = {
  registration: 'send the person a link to their page, where they fill in the form',
  email:
    'AR24 has no call that repeats its confirmation of the address: the person looks among their junk mail, or signs in at AR24 to get another',
  profile: 'the person signs in at AR24 and enters their name',
  identity: 'the letter with the key takes about a week, and is paid: it is not ordered again',
  operator: 'an operator has to decide first',
};

export function rejectRegister(s: Sender): string | null {
  if (s.outcome) return ended(s);
  if (s.acting === 'create-account') return 'the account is being created from the form at hand';
  if (s.access.kind === 'unknown' || s.access.kind === 'no-account') return null;
  return 'no form is needed: the sender has an AR24 account';
}

export function rejectCorrectAddress(s: Sender, address: CorrectAddress): string | null {
  if (s.outcome) return ended(s);
  // Vouching for the present address changes nothing at AR24, and may settle whose the account is.
  if (address.emailVerified && address.email === s.request.email) return null;
  if (s.acting === 'create-account' || s.creation.unconfirmed) {
    return 'the account is being created for the present address';
  }
  const hashes = [...new Set([...address.emailHashes, ...s.address.hashes])];
  if (JSON.stringify(hashes).length > MOST_HASHES_CHARACTERS) {
    return 'the address has been corrected too often: cancel this onboarding and start another';
  }
  if (s.acting === 'order-identity') return 'the identity check is being ordered for this account';
  const question = questionOf(s);
  return s.access.held === null || question === 'account-gone' || question === 'address-gone'
    ? null
    : 'the account exists already: its holder changes the address at AR24';
}

export function rejectRemind(s: Sender, now: number): string | null {
  if (s.outcome) return ended(s);
  const what = repeatable(s);
  if (what.length === 0 && isRefusalClaimed(s)) {
    return 'a refusal was reported: AR24 is read first, and then the refusal counts unless AR24 shows access';
  }
  if (what.length === 0) {
    const outstanding = waitingFor(s);
    const help = outstanding.flatMap((requirement) => HELP[requirement] ?? []);
    const why = `AR24 can mail no reminder for what is outstanding (${outstanding.join(', ') || 'nothing yet'})`;
    return [why, ...help].join('; ');
  }
  const last = Math.max(...what.map((askable) => s.requests[askable]?.last ?? 0));
  return now - last < MAIL_AGAIN_MS
    ? 'the last mail is less than 10 minutes old: wait before the next'
    : null;
}

export function rejectExtend(s: Sender, until: number, now: number): string | null {
  if (s.outcome) return ended(s);
  if (Number.isNaN(until)) return 'the new deadline is not a date: use ISO 8601, as 2027-01-31';
  if (until <= now) return 'the new deadline is in the past';
  return until - now > LONGEST_EXTENSION_MS ? 'the new deadline is more than a year away' : null;
}

export function rejectCancel(s: Sender): string | null {
  return s.outcome ? ended(s) : null;
}

export function rejectRevokeLinks(s: Sender): string | null {
  return s.outcome ? ended(s) : null;
}

export function rejectPrefill(s: Sender): string | null {
  return s.outcome ? ended(s) : null;
}

export function rejectOverride(s: Sender, requirement: Overridable): string | null {
  if (s.outcome) return ended(s);
  const outstanding = waitingFor(s);
  if (!outstanding.includes(requirement)) {
    return `${requirement} is not outstanding (waiting for ${outstanding.join(', ') || 'AR24'})`;
  }
  if (requirement === 'operator') return null;
  // What AR24 shows counts more than an operator's decision.
  return s.access.held?.account[requirement] === 'no' &&
    !isSatisfied(s, requirement) &&
    shown(requirement)
    ? `AR24 shows that ${requirement} is still missing; only what AR24 does not show can be overridden`
    : null;
}

/** For an unverified identity AR24 leaves the field out, so its "no" proves nothing. */
function shown(requirement: Overridable): boolean {
  return requirement !== 'identity';
}

function ended(s: Sender): string {
  return `this onboarding has ended (${s.outcome?.kind ?? 'unknown'}); start it again to go on`;
}
