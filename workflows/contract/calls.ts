/** The activities' arguments and results. A result says what AR24 showed or did, never what to do next. */
import type { FieldError, RegistrationForm, SignUp } from './request.ts';
import type { AccountRequirement, Claimable } from './requirements.ts';
import type { ProblemKind } from './view.ts';
import type { AccountId, EmailHash, Reference, RunId } from './ids.ts';

/** A field as AR24 shows it. A missing field is *unseen*, which is not *no*. */
export type Flag = 'yes' | 'no' | 'unseen';

/** The fields of an AR24 account that decide something here. No address, no name. */
export interface Account extends Readonly<Record<AccountRequirement, Flag>> {
  readonly id: AccountId;
  /** AR24's `custom_ref`; absent when AR24 shows none. */
  readonly customRef?: string | undefined;
  readonly siret?: string | undefined;
}

/** What one read of AR24 showed. */
export type AccountSnapshot =
  | { readonly kind: 'attached'; readonly account: Account }
  /** There is an account, and we may not act for it (`user_unavailable`). */
  | { readonly kind: 'unavailable' }
  /** There is none (`user_not_exist`). */
  | { readonly kind: 'absent' };

/** By id once it is known, since holders may change their address at AR24. */
export type Target =
  { readonly by: 'email'; readonly email: string } | { readonly by: 'id'; readonly id: AccountId };

/** How long Temporal retries a call before its failure becomes a problem. */
export interface RetryBudget {
  /** Milliseconds; 0: one attempt. */
  readonly retryBudgetMs: number;
}

export interface ReadAccountInput extends RetryBudget {
  readonly target: Target;
  /** Milliseconds after which the read is given up. */
  readonly withinMs?: number | undefined;
}

export interface AwaitChangeInput {
  readonly target: Target;
  /** The poll returns as soon as AR24 shows anything else. */
  readonly known: AccountSnapshot | null;
  readonly waitingFor: readonly string[];
  readonly poll: { readonly firstSeconds: number; readonly maxSeconds: number };
  /** Claims that AR24 has just contradicted: read again after 10 s, 1 min, 5 min. */
  readonly recheck: readonly Claimable[];
  readonly retryBudgetMs: number;
}

/** The result of a request. It may have read AR24 first: the snapshot is part of it. */
export interface RequestResult {
  /** Null where the workflow had just read AR24 itself. */
  readonly snapshot: AccountSnapshot | null;
  readonly answer:
    /** AR24 accepted it. */
    | { readonly kind: 'sent'; readonly link?: string | undefined }
    /** AR24 refused it with a known slug. */
    | {
        readonly kind: 'refused';
        readonly slug: string;
        readonly field?: FieldError['field'] | undefined;
      }
    /** Sent, and its answer never arrived: AR24 may have carried it out. */
    | {
        readonly kind: 'unconfirmed';
        /** The problem to show if the repetition is unconfirmed as well. */
        readonly problem: ProblemKind;
      }
    /** Not sent: the snapshot differs from the one that the workflow expected. */
    | { readonly kind: 'not-needed' };
}

export type OrderResult =
  | RequestResult
  | {
      readonly snapshot: AccountSnapshot | null;
      /** Not sent: Temporal was restored from a backup, and may have forgotten an earlier order. */
      readonly answer: { readonly kind: 'withheld' };
    };

/** For an account that is attached already nothing is sent. */
export interface RequestAccessInput extends RetryBudget {
  readonly email: string;
  /** False if the workflow has just read AR24: then only a further try reads again. */
  readonly readFirst: boolean;
  /** Send nothing if a read shows anything else than this. */
  readonly unlessChangedFrom?: AccountSnapshot | undefined;
}

export interface CreateAccountInput extends RetryBudget {
  readonly request: SignUp;
  readonly form: RegistrationForm;
  /** The outcome of an earlier creation is unknown: read AR24 before writing. */
  readonly readBack: boolean;
  /** An operator wants the account although AR24 has one for the address in other upper and lower case. */
  readonly despiteOtherSpelling: boolean;
}

export type CreateAccountResult =
  | {
      readonly kind: 'created';
      readonly account: Account;
      /** AR24 mails the terms by itself on creation (ONBOARDING_TERMS_MAIL=automatic). */
      readonly termsMailed: boolean;
    }
  /** The address has an account: `user_already_exist`, or seen when reading back. */
  | { readonly kind: 'exists' }
  /** Nothing was sent: AR24 has an account for the address in other upper and lower case. */
  | { readonly kind: 'other-spelling' }
  /** The generic `user_not_created`. */
  | { readonly kind: 'not-created' }
  | { readonly kind: 'field-refused'; readonly errors: readonly FieldError[] };

export interface AccountRequestInput extends RetryBudget {
  readonly accountId: AccountId;
  /** Of a repetition, and of a paid order: read first, and send nothing if AR24 shows anything else than this. */
  readonly unlessChangedFrom?: AccountSnapshot | undefined;
}

export interface OrderInput extends AccountRequestInput {
  /** The last time (ms since the epoch) at which no order can have been placed yet; null: not known. */
  readonly excludedAt: number | null;
}

/** Other requesters are onboardings of another reference with one of these addresses, or with this account. */
export interface FindOtherRequestersInput {
  readonly reference: Reference;
  /** The calling run: while Temporal's search does not find it, the search lags behind. */
  readonly runId: RunId;
  readonly emailHashes: readonly EmailHash[];
  readonly accountId: AccountId;
}

export interface OtherRequesters {
  /** Whether another reference, open or ended, requested access for this address or holds this account. */
  readonly found: boolean;
}

/** The details of a failed activity: why AR24 could not be used. */
export interface CallFailure {
  readonly problem: ProblemKind;
  readonly slug?: string | undefined;
  /** Of a contract error: the field at fault, as `result.email`. Never its value. */
  readonly field?: string | undefined;
  /** Since when the call fails (ms since the epoch), where that is not its start. */
  readonly since?: number | undefined;
  /** `no`: no write of this call can have reached AR24. Anything less certain is `unknown`, and counts as sent. */
  readonly delivered: 'no' | 'unknown';
}
