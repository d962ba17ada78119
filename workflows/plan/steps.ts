/** What the plan may decide to do. */
import type {
  AccountSnapshot,
  Outcome,
  Question,
  RegistrationForm,
  Target,
  AccountId,
} from '../contract/index.ts';

export type CallStep = { readonly retryBudgetMs: number } & (
  | { readonly do: 'read-account'; readonly target: Target; readonly withinMs?: number | undefined }
  | {
      readonly do: 'request-access';
      readonly readFirst: boolean;
      readonly unlessChangedFrom?: AccountSnapshot | undefined;
    }
  | { readonly do: 'create-account'; readonly form: RegistrationForm; readonly readBack: boolean }
  | ({ readonly do: 'request-terms' | 'request-payment' } & ForAccount)
  | ({
      readonly do: 'order-identity';
      /** The last time at which no order can have been placed yet; null: not known. */
      readonly excludedAt: number | null;
    } & ForAccount)
);

interface ForAccount {
  readonly accountId: AccountId;
  /** Read first, and send nothing if AR24 shows anything else than this. */
  readonly unlessChangedFrom?: AccountSnapshot | undefined;
}

/** Ownership of the account depends on whether other references requested access to it. */
export interface RequestersStep {
  readonly do: 'find-other-requesters';
  readonly accountId: AccountId;
}

/** Read the policy of the worker's settings. */
export interface PolicyStep {
  readonly do: 'read-policy';
}

export type WaitStep =
  | { readonly do: 'wait' }
  | { readonly do: 'collect-registration' }
  | { readonly do: 'ask-operator'; readonly question: Question }
  | { readonly do: 'wait-for-repair' };

/** Ask the partner to remind the person, where AR24 has no mail for what is outstanding. */
export interface PartnerStep {
  readonly do: 'remind-by-partner';
}

export type Step =
  | CallStep
  | RequestersStep
  | PolicyStep
  | PartnerStep
  | WaitStep
  | { readonly do: 'finish'; readonly outcome: Outcome };
