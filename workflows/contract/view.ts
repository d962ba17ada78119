import type { FieldError, Language, OptionalRequirement } from './request.ts';

/** Everything that may be outstanding, in the order in which the status names it. */
export const REQUIREMENTS = [
  'registration',
  'attachment',
  'email',
  'terms',
  'profile',
  'payment',
  'identity',
  'operator',
] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** What a person or a webhook may claim to be done. */
export const CLAIMABLE = ['attachment', 'email', 'terms'] as const;
export type Claimable = (typeof CLAIMABLE)[number];

/** What an operator may settle by himself. Never the attachment, never the form. */
export const OVERRIDABLE = [
  'email',
  'terms',
  'profile',
  'payment',
  'identity',
  'operator',
] as const;
export type Overridable = (typeof OVERRIDABLE)[number];

export const STATUSES = [
  'requesting-access',
  'awaiting-registration',
  'creating-account',
  'awaiting-attachment',
  'awaiting-email',
  'awaiting-terms',
  'awaiting-profile',
  'awaiting-payment',
  'awaiting-identity',
  'awaiting-operator',
  'ready',
  'refused',
  'expired',
  'cancelled',
  'failed',
] as const;
export type Status = (typeof STATUSES)[number];

/** Why AR24 cannot be used right now. No kind of problem ever ends an onboarding. */
export const PROBLEM_KINDS = [
  'unreachable',
  'throttled',
  'maintenance',
  'credentials',
  'clock',
  'contract',
  'unknown-slug',
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** What the operator has to decide. `override REFERENCE operator` answers yes. */
export const QUESTIONS = [
  /** An account is attached to us already, and nothing proves that it is this person's. */
  'whose-account',
  /** The attached account's SIRET is not the form's. */
  'other-siret',
  /** AR24 refused the creation without a reason, twice, and no account is to be seen. */
  'creation-refused',
  /** The answer to the identity order was lost; it is paid, so it is not repeated. */
  'identity-order-lost',
  /** An account that we had seen is gone from AR24. */
  'account-gone',
  /** The holder withdrew access, and AR24 does not know his address any more. */
  'address-gone',
] as const;
export type Question = (typeof QUESTIONS)[number];

export interface OverrideRecord {
  readonly requirement: Overridable;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** What an onboarding has begun at AR24 and leaves behind: a new start has to know. */
export interface LeftBehind {
  /** The holder was asked for access, and may accept any time: a new start then believes it. */
  readonly accessAsked: boolean;
  /** The paid identity check may have been ordered: a new start never orders it again. */
  readonly identityOrdered: boolean;
}

/** How an onboarding ended. Giving up is an outcome, not an exception. */
export type Outcome = LeftBehind &
  (
    | {
        readonly kind: 'ready';
        /** `found`: attached before we came; `attached`: the holder let us in; `created`: by us. */
        readonly how: 'found' | 'attached' | 'created';
        readonly accountId: string;
        readonly overrides: readonly OverrideRecord[];
        /** Not required by the partner, and not there. */
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
        readonly accountId?: string | undefined;
        /** The creation was in flight and AR24 did not tell what became of it. */
        readonly unsettled?: 'create-account' | undefined;
      }
  );

/** Somebody's word that something was done, as people read it. */
export interface ClaimView {
  readonly what: Claimable | 'refusal';
  readonly by: string;
  readonly at: string;
  /** AR24 was read after the claim and did not agree. */
  readonly contradicted: boolean;
}

export interface AskedView {
  readonly what: 'access' | 'terms' | 'payment' | 'identity';
  /** Last time, ISO 8601 UTC. */
  readonly at: string;
  /** How often AR24 was asked to mail, lost answers included. */
  readonly times: number;
  /** Answers that never came: each may have cost the person one mail more. */
  readonly answersLost: number;
}

/** All that may be told of an onboarding: no form values, no e-mail address but a masked one. Times: ISO 8601 UTC. */
export interface OnboardingView {
  readonly reference: string;
  readonly status: Status;
  readonly waitingFor: readonly Requirement[];
  readonly problem: {
    readonly kind: ProblemKind;
    readonly since: string;
    readonly slug?: string | undefined;
    readonly nextTry: string;
  } | null;
  /** Waiting for this since. */
  readonly since: string;
  readonly startedAt: string;
  /** Null once ended, and while a problem makes the deadline stand still. */
  readonly deadline: string | null;
  readonly nextReminder: string | null;
  readonly outcome: Outcome | null;
  readonly accountId: string | null;
  readonly language: Language;
  readonly fieldErrors: readonly FieldError[];
  readonly question: Question | null;
  readonly claims: readonly ClaimView[];
  readonly asked: readonly AskedView[];
  readonly overrides: readonly OverrideRecord[];
  readonly lastLook: { readonly at: string; readonly answer: string } | null;
  /** Where the sender can add a way to pay, when AR24 gave a link. */
  readonly paymentLink: string | null;
  /** Enough for its owner to know it, such as `j…@e….org`. */
  readonly maskedEmail: string;
  /** Links to the sender's page that were made before are void; null: none are. */
  readonly linksValidFrom: string | null;
  /** Grows by one with each change, also across runs. */
  readonly version: number;
}
