/** What is outstanding, and the question for the operator: derived from the state, never stored. */
import {
  ACCOUNT_REQUIREMENTS,
  OPTIONAL_REQUIREMENTS,
  type AccountRequirement,
  type OptionalRequirement,
  type Overridable,
  type Ownership,
  type Question,
  type Requirement,
  type Status,
} from '../contract/index.ts';
import type { HeldAccount } from './access.ts';
import type { IdentityOrder, Sender } from './sender.ts';

function isOverridden(
  s: Sender,
  requirement: Overridable,
  question: Question | null = null,
): boolean {
  return s.overrides.some((o) => o.requirement === requirement && o.question === question);
}

export function isRequired(s: Sender, requirement: AccountRequirement): boolean {
  const option = OPTIONAL_REQUIREMENTS.find((optional) => optional === requirement);
  return option === undefined || s.request.require.includes(option);
}

export function isSatisfied(s: Sender, requirement: AccountRequirement): boolean {
  const shown = s.access.held?.account[requirement];
  if (shown === 'yes') return true;
  // What AR24 shows counts more than an operator's decision; but AR24 never shows "no" for an identity.
  const mayBeOverridden = shown !== 'no' || requirement === 'identity';
  if (mayBeOverridden && isOverridden(s, requirement)) return true;
  return requirement === 'terms' && provenByClaim(s);
}

/** Only after a request: nobody can have accepted terms that AR24 never mailed. */
function provenByClaim({ access, policy, claims, requests }: Sender): boolean {
  const mayProve = access.held !== null && policy.termsProof === 'claim';
  return mayProve && claims.terms !== undefined && requests.terms !== undefined;
}

/** Neither AR24 nor an operator confirms the terms: they count as accepted by a claim alone. */
export function restsOnClaim(s: Sender): boolean {
  return s.access.held?.account.terms !== 'yes' && !isOverridden(s, 'terms') && provenByClaim(s);
}

/** Required of the account and not satisfied, in the order of the statuses. */
export function outstanding(s: Sender): readonly AccountRequirement[] {
  return ACCOUNT_REQUIREMENTS.filter((r) => isRequired(s, r) && !isSatisfied(s, r));
}

/**
 * Outstanding, and AR24 shows neither yes nor no: a poll would never see it satisfied. Where a claim proves the
 * terms, AR24 need not show them.
 */
export function notVisible(s: Sender): readonly AccountRequirement[] {
  const { access } = s;
  // First it has to be known whose account it is.
  if (access.kind !== 'granted' || dependsOnOthers(s)) return [];
  const byClaim = (r: AccountRequirement) => r === 'terms' && s.policy.termsProof === 'claim';
  return outstanding(s).filter((r) => access.held.account[r] === 'unseen' && !byClaim(r));
}

/** Options that are neither required nor satisfied: the outcome names them. */
export function missingOptions(s: Sender): readonly OptionalRequirement[] {
  return OPTIONAL_REQUIREMENTS.filter((r) => !isRequired(s, r) && !isSatisfied(s, r));
}

/** There is a form, and AR24 has refused none of its fields. */
export function formUsable(s: Sender): boolean {
  return s.form !== null && s.fieldErrors.length === 0;
}

export function addressRefused(s: Sender): boolean {
  return s.fieldErrors.some((e) => e.field === 'email');
}

/**
 * Why the account counts as this sender's; null while nothing proves it. AR24's access belongs to the partner, not to
 * a reference. So granted access proves nothing where another reference requested it as well.
 */
export function ownershipOf(s: Sender): Ownership | null {
  const { held } = s.access;
  if (held?.via === 'created') return { kind: 'created' };
  if (held?.account.customRef === s.request.reference) return { kind: 'custom-ref' };
  const { vouchedBy } = s.address;
  if (vouchedBy !== null) return { kind: 'vouched', by: vouchedBy };
  if (holderGaveAccess(s) && othersOf(s) === 'none') return { kind: 'only-requester' };
  const answer = s.overrides.find(({ question }) => question === 'whose-account');
  return answer ? { kind: 'operator', by: answer.record.by } : null;
}

/** Access is granted, and whether that proves ownership depends on other references. */
export function dependsOnOthers(s: Sender): boolean {
  return othersOf(s) === 'unknown' && holderGaveAccess(s) && ownershipOf(s) === null;
}

function othersOf({ access }: Sender) {
  return access.kind === 'granted' ? access.otherRequesters : null;
}

/** The holder granted access on a request of this reference, in this onboarding or in an earlier one. */
function holderGaveAccess({ access, accessRequestedBefore }: Sender): boolean {
  return access.held?.via === 'attached' || accessRequestedBefore;
}

/** The paid order that counts for the present account: it is not ordered again. */
export function identityOrder({ identityOrders, access }: Sender): IdentityOrder | undefined {
  return identityOrders.findLast(
    ({ accountId }) => accountId === null || accountId === access.held?.account.id,
  );
}

const digits = (siret: string) => siret.replaceAll(/\s/g, '');

function siretDiffers(s: Sender, { account, via }: HeldAccount): boolean {
  const [wanted, found] = [s.form?.company_siret, account.siret];
  if (via === 'created' || isOverridden(s, 'operator', 'other-siret')) return false;
  return !!wanted && !!found && digits(wanted) !== digits(found);
}

/** The question for the operator. Each stops all calls, except `not-visible` and those about an identity order. */
export function questionOf(s: Sender): Question | null {
  const { access, creation } = s;
  switch (access.kind) {
    case 'account-gone':
    case 'address-gone':
      return access.kind;
    case 'no-account':
      if (creation.otherSpelling === 'seen') return 'other-spelling';
      return creation.refusals >= 2 ? 'creation-refused' : doubtfulOrder(s);
    case 'unknown':
    case 'requested':
    case 'refused':
    case 'lost':
      return doubtfulOrder(s);
    case 'granted':
      if (ownershipOf(s) === null && !dependsOnOthers(s)) return 'whose-account';
      if (siretDiffers(s, access.held)) return 'other-siret';
      return notVisible(s).length > 0 ? 'not-visible' : doubtfulOrder(s);
  }
}

function doubtfulOrder(s: Sender): Question | null {
  if (!outstanding(s).includes('identity')) return null;
  const isLost = identityOrder(s)?.outcome === 'unknown';
  if (isLost && !isOverridden(s, 'operator', 'identity-order-lost')) return 'identity-order-lost';
  const { suspectedFor } = s.forgottenOrder;
  const isSuspected = suspectedFor !== null && suspectedFor === s.access.held?.account.id;
  return isSuspected ? 'order-after-restore' : null;
}

/** Whether the question is about an identity order: all else goes on. */
export function isAboutOrder(question: Question | null): boolean {
  return question === 'identity-order-lost' || question === 'order-after-restore';
}

/** All that is outstanding, in the order in which the status names it. */
export function waitingFor(s: Sender): readonly Requirement[] {
  if (s.outcome) return [];
  const question = questionOf(s);
  if (isAboutOrder(question)) {
    return [...outstanding(s).filter((r) => r !== 'identity'), 'operator'];
  }
  if (question === 'not-visible') return [...outstanding(s), 'operator'];
  if (question) return ['operator'];
  switch (s.access.kind) {
    case 'unknown':
      return addressRefused(s) ? ['registration'] : [];
    case 'no-account':
      return formUsable(s) ? [] : ['registration'];
    case 'requested':
    case 'lost':
      return ['attachment'];
    case 'granted':
      // The attachment is outstanding until it is known that the holder granted it to this sender.
      return dependsOnOthers(s) ? ['attachment'] : outstanding(s);
    case 'refused':
    case 'account-gone':
    case 'address-gone':
      return [];
  }
}

export function statusOf(s: Sender): Status {
  if (s.outcome) return s.outcome.kind;
  const hidden: readonly Requirement[] = notVisible(s);
  // The operator decides on requirements that AR24 does not show.
  const first = waitingFor(s).find((requirement) => !hidden.includes(requirement));
  if (first) return `awaiting-${first}`;
  return s.access.kind === 'no-account' ? 'creating-account' : 'requesting-access';
}
