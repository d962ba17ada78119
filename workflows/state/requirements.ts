/** What is still outstanding, and what the operator is asked: derived, never stored. */
import type {
  OptionalRequirement,
  Overridable,
  Question,
  Requirement,
  Status,
} from '../contract/index.ts';
import type { Sender } from './sender.ts';

/** The requirements that an account's own flags settle. */
const ACCOUNT_REQUIREMENTS = ['email', 'terms', 'profile', 'payment', 'identity'] as const;
export type AccountRequirement = (typeof ACCOUNT_REQUIREMENTS)[number];

function overridden(
  s: Sender,
  requirement: Overridable,
  question: Question | null = null,
): boolean {
  return s.overrides.some((o) => o.requirement === requirement && o.question === question);
}

function required(s: Sender, requirement: AccountRequirement): boolean {
  return requirement === 'payment' || requirement === 'identity'
    ? s.request.require.includes(requirement)
    : true;
}

export function settled(s: Sender, requirement: AccountRequirement): boolean {
  if (overridden(s, requirement) || s.account?.[requirement] === 'yes') return true;
  return requirement === 'terms' && provenByClaim(s);
}

/** Nobody can have accepted what AR24 was never asked to mail. */
function provenByClaim({ account, claims, asked }: Sender): boolean {
  return account?.termsByClaim === true && !!claims.terms && !!asked.terms;
}

/** AR24 itself does not show that the terms are accepted, and nobody settled it by hand. */
export function restsOnClaim(s: Sender): boolean {
  return s.account?.terms !== 'yes' && !overridden(s, 'terms') && provenByClaim(s);
}

/** Required of the account and not there yet, in the order of the statuses. */
export function unsettled(s: Sender): readonly AccountRequirement[] {
  return ACCOUNT_REQUIREMENTS.filter((r) => required(s, r) && !settled(s, r));
}

/** Not required, and not there: the outcome names it. */
export function missingOptions(s: Sender): readonly OptionalRequirement[] {
  return (['payment', 'identity'] as const).filter((r) => !required(s, r) && !settled(s, r));
}

/** A form that AR24 has not refused is at hand. */
export function formUsable(s: Sender): boolean {
  return s.form !== null && s.fieldErrors.length === 0;
}

export function addressRefused(s: Sender): boolean {
  return s.fieldErrors.some((e) => e.field === 'email');
}

function isProvenTheirs(s: Sender): boolean {
  return (
    s.how === 'attached' ||
    s.how === 'created' ||
    s.askedBefore ||
    s.request.emailVerified ||
    s.account?.customRef === s.request.reference
  );
}

const digits = (siret: string) => siret.replaceAll(/\s/g, '');

function siretDiffers(s: Sender): boolean {
  const [wanted, found] = [s.form?.company_siret, s.account?.siret];
  return s.how !== 'created' && !!wanted && !!found && digits(wanted) !== digits(found);
}

/** The one question that stops everything until the operator answers it, if there is one. */
export function questionOf(s: Sender): Question | null {
  const open = (question: Question) => !overridden(s, 'operator', question);
  if (s.accountGone) return 'account-gone';
  if (s.addressGone && s.access !== 'granted') return 'address-gone';
  if (s.access === 'granted' && !isProvenTheirs(s) && open('whose-account')) return 'whose-account';
  if (s.access === 'granted' && siretDiffers(s) && open('other-siret')) return 'other-siret';
  if (s.access === 'none' && s.creation.refusals >= 2) return 'creation-refused';
  const lost = s.identityOrderLost && unsettled(s).includes('identity');
  return lost && open('identity-order-lost') ? 'identity-order-lost' : null;
}

/** All that is outstanding, in the order in which the status names it. */
export function waitingFor(s: Sender): readonly Requirement[] {
  if (s.outcome) return [];
  const question = questionOf(s);
  if (question === 'identity-order-lost') {
    return [...unsettled(s).filter((r) => r !== 'identity'), 'operator'];
  }
  if (question) return ['operator'];
  switch (s.access) {
    case 'unknown':
      return addressRefused(s) ? ['registration'] : [];
    case 'none':
      return formUsable(s) ? [] : ['registration'];
    case 'asked':
    case 'lost':
      return ['attachment'];
    case 'granted':
      return unsettled(s);
    case 'refused':
      return [];
  }
}

export function statusOf(s: Sender): Status {
  if (s.outcome) return s.outcome.kind;
  const [first] = waitingFor(s);
  if (first) return `awaiting-${first}`;
  return s.access === 'none' ? 'creating-account' : 'requesting-access';
}
