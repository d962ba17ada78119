import type { FieldError, Language } from './request.ts';
import type {
  Claimable,
  OptionalRequirement,
  Overridable,
  RequestKind,
  Requirement,
  Status,
} from './requirements.ts';
import type { AccountId, Reference } from './ids.ts';

/** Why AR24 is not used right now. No kind of problem ever ends an onboarding. */
export const PROBLEM_KINDS = [
  'unreachable',
  'throttled',
  'maintenance',
  'credentials',
  'clock',
  'contract',
  'unknown-slug',
  /** An operator has paused all writes to AR24. */
  'paused',
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** What the operator has to decide. `override REFERENCE operator` answers yes. */
export const QUESTIONS = [
  /**
   * An account is attached to us, and nothing proves that it is this person's: it was attached before we
   * requested access, or another reference requested access for the same address.
   */
  'whose-account',
  /** The attached account's SIRET is not the form's. */
  'other-siret',
  /** AR24 distinguishes upper and lower case, and has an account for the address in other letters. */
  'other-spelling',
  /** AR24 refused the creation without a reason, twice, and no account is to be seen. */
  'creation-refused',
  /** AR24 does not show whether something required is done: `notVisible` names it. */
  'not-visible',
  /** The answer to the identity order was lost; it is paid, so it is not repeated. */
  'identity-order-lost',
  /** Temporal was restored from a backup, and has perhaps forgotten that the identity was ordered; the order is paid. */
  'order-after-restore',
  /** An account that we had seen is gone from AR24. */
  'account-gone',
  /** The holder withdrew access, and AR24 no longer knows their address. */
  'address-gone',
] as const;
export type Question = (typeof QUESTIONS)[number];

export interface OverrideRecord {
  readonly requirement: Overridable;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** Why an account counts as this sender's own. */
export type Ownership =
  /** We created it from this sender's form. */
  | { readonly kind: 'created' }
  /** AR24 shows this reference as its `custom_ref`. */
  | { readonly kind: 'custom-ref' }
  /** Somebody vouched that the address is this person's (`emailVerified`). */
  | { readonly kind: 'vouched'; readonly by: string }
  /** The holder gave access after this reference requested it, and no other reference ever did. */
  | { readonly kind: 'only-requester' }
  /** An operator answered the question `whose-account`. */
  | { readonly kind: 'operator'; readonly by: string };

/** What an ended onboarding has begun at AR24: the next one of the same reference has to know. */
export interface CarryOver {
  /** Access was requested, and the holder may accept at any time: the next onboarding counts that as its answer. */
  readonly accessRequested: boolean;
  /** The paid identity check may have been ordered: the next onboarding never orders it again. */
  readonly identityOrdered: boolean;
}

/** How an onboarding ended. Giving up is an outcome, not an exception. */
export type Outcome = CarryOver &
  (
    | {
        readonly kind: 'ready';
        /** `found`: attached before; `attached`: the holder granted access on request; `created`: by us. */
        readonly how: 'found' | 'attached' | 'created';
        readonly accountId: AccountId;
        readonly ownership: Ownership;
        readonly overrides: readonly OverrideRecord[];
        /** Options that the partner does not require, and that are not satisfied. */
        readonly missing: readonly OptionalRequirement[];
      }
    | { readonly kind: 'refused'; readonly by: string }
    | {
        readonly kind: 'expired';
        readonly waitingFor: readonly Requirement[];
      }
    | {
        readonly kind: 'cancelled';
        readonly by: string;
        readonly reason: string;
        /** Set where an account at AR24 is known. */
        readonly accountId?: AccountId | undefined;
        /** The creation was in flight, and its outcome at AR24 is not known. */
        readonly unconfirmed?: 'create-account' | undefined;
      }
  );

/** A claim, as people read it. */
export interface ClaimView {
  readonly what: Claimable | 'refusal';
  readonly by: string;
  readonly at: string;
  /** AR24 was read after the claim, and does not show it. */
  readonly contradicted: boolean;
}

export interface RequestView {
  readonly kind: RequestKind;
  /** Last time, ISO 8601 UTC. */
  readonly at: string;
  /** Calls to AR24, unconfirmed ones included; 0 where AR24 mails by itself. */
  readonly times: number;
  /** Calls whose answer never arrived: each may have caused one more mail. */
  readonly unconfirmed: number;
}

/** All that may be shown of an onboarding: no form values, and no e-mail address but a masked one. Times: ISO 8601 UTC. */
export interface OnboardingView {
  readonly reference: Reference;
  readonly status: Status;
  readonly waitingFor: readonly Requirement[];
  readonly problem: {
    readonly kind: ProblemKind;
    readonly since: string;
    readonly slug?: string | undefined;
    /** Of a contract error: the field at fault, as `result.email`. Never its value. */
    readonly field?: string | undefined;
    readonly nextTry: string;
  } | null;
  /** When the status or `waitingFor` last changed. */
  readonly since: string;
  readonly startedAt: string;
  /** Null once ended, and while a problem makes the deadline stand still. */
  readonly deadline: string | null;
  readonly nextReminder: string | null;
  readonly outcome: Outcome | null;
  readonly accountId: AccountId | null;
  readonly language: Language;
  readonly fieldErrors: readonly FieldError[];
  readonly question: Question | null;
  /** Outstanding, and AR24 shows neither that it is done nor that it is not. */
  readonly notVisible: readonly Requirement[];
  readonly claims: readonly ClaimView[];
  readonly requests: readonly RequestView[];
  readonly overrides: readonly OverrideRecord[];
  readonly lastRead: { readonly at: string; readonly answer: string } | null;
  /** Where the sender can add a way to pay, when AR24 gave a link. */
  readonly paymentLink: string | null;
  /** Enough for its owner to know it, with the whole domain: `j…@example.org`. */
  readonly maskedEmail: string;
  /** Somebody vouched that this address is the person's, who then cannot correct it on their page. */
  readonly emailVerified: boolean;
  /** The sign-up has another address since, which came too late: its account is under the one before. */
  readonly otherAddress: {
    readonly maskedEmail: string;
    readonly by: string;
    readonly at: string;
  } | null;
  /** The last correction of the address, if there was one: by the partner, an operator, or the sender on their page. */
  readonly addressCorrected: { readonly by: string; readonly at: string } | null;
  /** Where the sender's page leads back to at the end, and where an expired link leads, by the sign-up. */
  readonly returnUrl: string | null;
  readonly refreshUrl: string | null;
  /** Links to the sender's page that were made before are void; null: none are. */
  readonly linksValidFrom: string | null;
  /** Grows by one with each change, also across runs. */
  readonly version: number;
}
