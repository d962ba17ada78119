/**
 * The activities' arguments and results: what the workflow may ask of the world.
 * Results are what was seen, never what to do next.
 */
import type { FieldError, RegistrationForm, SignUp } from './request.ts';
import type { Claimable, ProblemKind } from './view.ts';

/** A flag as AR24 shows it. Absent is *unseen*, which is not *no*. */
export type Flag = 'yes' | 'no' | 'unseen';

/** The fields of an AR24 account that decide something here. No address, no name. */
export interface Account {
  readonly id: string;
  readonly email: Flag;
  readonly terms: Flag;
  readonly profile: Flag;
  readonly payment: Flag;
  readonly identity: Flag;
  /** AR24's `custom_ref`; absent when AR24 shows none. */
  readonly customRef?: string | undefined;
  readonly siret?: string | undefined;
  /** Whether a claim may prove the terms (ONBOARDING_TERMS_PROOF=claim). */
  readonly termsByClaim: boolean;
}

/** What a read of AR24 saw. */
export type Sighting =
  | { readonly kind: 'attached'; readonly account: Account }
  /** There is an account, and we may not act for it (`user_unavailable`). */
  | { readonly kind: 'unavailable' }
  /** There is none (`user_not_exist`). */
  | { readonly kind: 'absent' };

/** By id once it is known, since the person may change his address at AR24. */
export type Target =
  { readonly by: 'email'; readonly email: string } | { readonly by: 'id'; readonly id: string };

/** Patience of a call: how long Temporal retries before the failure becomes a problem. */
export interface Patience {
  /** Milliseconds; 0: one try. */
  readonly patienceMs: number;
}

export interface LookInput extends Patience {
  readonly target: Target;
  /** Milliseconds after which the answer is not waited for any more. */
  readonly withinMs?: number | undefined;
}

export interface AwaitChangeInput {
  readonly target: Target;
  /** Returns as soon as AR24 shows anything else. */
  readonly known: Sighting | null;
  readonly waitingFor: readonly string[];
  readonly poll: { readonly firstSeconds: number; readonly maxSeconds: number };
  /** Claims AR24 has just contradicted: re-check after 10 s, 1 min, 5 min. */
  readonly recheck: readonly Claimable[];
  readonly patienceMs: number;
}

/** Every asking looks first: what it then saw rides along, and a change makes it unneeded. */
export interface AskResult {
  /** Null where nothing was read, since the workflow had just done so. */
  readonly sighting: Sighting | null;
  readonly asked:
    /** AR24 took it. */
    | { readonly kind: 'taken'; readonly answersLost: number; readonly link?: string | undefined }
    /** AR24 refused it with a slug we know. */
    | {
        readonly kind: 'refused';
        readonly slug: string;
        readonly field?: FieldError['field'] | undefined;
      }
    /** Sent, and never answered: AR24 may have done it. */
    | {
        readonly kind: 'unanswered';
        readonly answersLost: number;
        /** As what it shows if the repetition is not answered either. */
        readonly problem: ProblemKind;
      }
    /** Not sent: AR24 shows something else than the workflow believed. */
    | { readonly kind: 'unneeded' };
}

/** Always reads first: an account already attached needs no asking. */
export interface RequestAccessInput extends Patience {
  readonly email: string;
}

export interface CreateAccountInput extends Patience {
  readonly request: SignUp;
  readonly form: RegistrationForm;
  /** An earlier try's answer is unknown: read AR24 before writing. */
  readonly readBack: boolean;
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
  /** The generic `user_not_created`. */
  | { readonly kind: 'not-created' }
  | { readonly kind: 'field-refused'; readonly errors: readonly FieldError[] };

export interface AskAccountInput extends Patience {
  readonly accountId: string;
  /** As a reminder: read first, and send nothing if AR24 shows anything else than this. */
  readonly unlessChangedFrom?: Sighting | undefined;
}

/** The details of a failed activity: why AR24 could not be used. */
export interface CallFailure {
  readonly problem: ProblemKind;
  readonly slug?: string | undefined;
  /** Since when it fails (ms since the epoch), where that is not since the call began. */
  readonly since?: number | undefined;
  /** No try of this call can have reached AR24, so that there is nothing to read back. */
  readonly delivered?: 'no' | undefined;
}
