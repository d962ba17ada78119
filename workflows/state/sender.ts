/** All that is known of one sender. A plain value: the reducer makes a new one from each event. */
import type {
  Claimable,
  FieldError,
  MailRequest,
  Outcome,
  OverrideRecord,
  Overridable,
  Policy,
  Prefill,
  ProblemKind,
  Question,
  RegistrationForm,
  ReportedAddress,
  AccountSnapshot,
  SignUp,
  AccountId,
  EmailHash,
} from '../contract/index.ts';
import type { Access } from './access.ts';

/** The calls to AR24, by their purpose. */
export type CallKind =
  | 'read-account'
  | 'request-access'
  | 'create-account'
  | 'request-terms'
  | 'request-payment'
  | 'order-identity';

/** An order of the paid identity check, which is a letter on paper. */
export interface IdentityOrder {
  /** Null where an earlier onboarding ordered it: it counts for any account. */
  readonly accountId: AccountId | null;
  /** Ms since the epoch. */
  readonly at: number;
  /** `unknown`: AR24 may have carried it out, and its answer never arrived. */
  readonly outcome: 'placed' | 'unknown';
}

/** Whether the identity was ordered, and Temporal forgot it because it was restored from a backup. */
export interface ForgottenOrder {
  /** The last time at which AR24 showed that no order can have been placed yet, or an operator said so; null: never. */
  readonly excludedAt: number | null;
  /** The account whose order a worker withheld: the operator decides. */
  readonly suspectedFor: AccountId | null;
}

/** The requests of one kind so far. Times in ms since the epoch. */
export interface RequestRecord {
  readonly first: number;
  readonly last: number;
  /** Calls made, unconfirmed ones included. */
  readonly times: number;
  /** AR24 mailed by itself before, after the creation. */
  readonly isAutomatic?: true | undefined;
  readonly reminders: number;
  readonly unconfirmed: number;
  /** Unconfirmed calls since the last confirmed one: one is repeated at once, two wait for the reminder. */
  readonly unconfirmedInARow: number;
}

export interface Claim {
  readonly by: string;
  readonly at: number;
}

export interface Problem {
  readonly kind: ProblemKind;
  readonly call: CallKind;
  readonly slug?: string | undefined;
  /** Of a contract error: the field at fault, as `result.email`. Never its value. */
  readonly field?: string | undefined;
  readonly since: number;
  /** It seemed to be over until then: the deadline has moved by the time before. */
  readonly recurredAt?: number | undefined;
  readonly tries: number;
  readonly nextTryAt: number;
}

export interface Override {
  readonly requirement: Overridable;
  /** For `operator`: the question it answered. */
  readonly question: Question | null;
  readonly record: OverrideRecord;
}

/** What is known of the address, beside the address itself, which is in the request. */
export interface SenderAddress {
  /** Who vouched for it; null where nobody did. */
  readonly vouchedBy: string | null;
  /** As the sign-up's own system last gave it: a report that only repeats it does not undo a correction. */
  readonly reported: string;
  /** Since when it is as it is: older reports are ignored. */
  readonly asOf: number | null;
  /** Keyed hashes of every address so far, those of the present address first. */
  readonly hashes: readonly EmailHash[];
  /** The newest report of another address, which came while the account existed or was being created. */
  readonly other: { readonly report: ReportedAddress; readonly at: number } | null;
  /** The last correction. Reports of the sign-up's own system are none. */
  readonly corrected: { readonly by: string; readonly at: number } | null;
}

/** Hints have AR24 read. The bound on reads outlives the hint, so it is not a part of it. */
export interface Hints {
  /** The time of the last hint that is not yet followed. */
  readonly pendingAt: number | null;
  /** Reads caused by hints in the last minute: they bound how often hints are followed. */
  readonly recentReads: readonly number[];
}

/** What livelock-guard.ts needs, which stops an onboarding whose calls lead nowhere. */
export interface Guard {
  /** When the last calls began. */
  readonly recentCalls: readonly number[];
  /** The last problem of AR24 showing by address what it denied by id. */
  readonly inconsistency: Problem | null;
}

/** The wait for what is outstanding. It begins again whenever the status or the list changes. */
export interface Waiting {
  /** When status or waitingFor last changed. */
  readonly since: number;
  readonly deadlineAt: number;
  /** An operator set the deadline: a changed policy does not move it. */
  readonly deadlineByHand: boolean;
  /** How often the partner was asked to remind the person during this wait; null: never. */
  readonly partnerReminders: { readonly times: number; readonly last: number } | null;
}

/** What the workflow knows about itself. Of the plan's rules only `readPolicy` depends on it. */
export interface Meta {
  readonly startedAt: number;
  /** Grows by one with each change. */
  readonly version: number;
  /** Null until the policy is first read. */
  readonly policyFingerprint: string | null;
  /** Whether the worker's policy is to be read: as the onboarding begins, and when a signal says so. */
  readonly policyDue: boolean;
  /** Ids of the last updates: the server deduplicates them within a run only. */
  readonly recentUpdates: readonly string[];
  /** Ids of updates that earlier onboardings of this reference accepted. */
  readonly updatesBefore: readonly string[];
}

/** Times in ms since the epoch. */
export interface Sender {
  readonly request: SignUp;
  readonly address: SenderAddress;
  readonly policy: Policy;
  readonly meta: Meta;

  readonly access: Access;
  /** An earlier onboarding of this reference requested access for the same address. */
  readonly accessRequestedBefore: boolean;

  readonly form: RegistrationForm | null;
  /** The part of the form that the partner gave, for the sender's page. */
  readonly prefill: Prefill | null;
  readonly fieldErrors: readonly FieldError[];
  readonly creation: {
    /** How often AR24 refused without naming a field, although no account was visible. */
    readonly refusals: number;
    /** The outcome of a creation is not known: read AR24 before the next. */
    readonly unconfirmed: boolean;
    /** At least one creation was called for this address. */
    readonly tried: boolean;
    /** Of an account for the address in other letters. `accepted`: an operator allowed a second account. */
    readonly otherSpelling: 'none' | 'seen' | 'accepted';
  };

  readonly requests: Readonly<Partial<Record<MailRequest, RequestRecord>>>;
  /** How often terms or a payment were requested again, after AR24 showed them first as done, then as not done. */
  readonly requestedAnew: number;
  /** Every order of the paid identity check. It outlives the account, so that none is ever repeated. */
  readonly identityOrders: readonly IdentityOrder[];
  readonly forgottenOrder: ForgottenOrder;
  readonly paymentLink: string | null;

  readonly claims: Readonly<Partial<Record<Claimable | 'refusal', Claim>>>;
  readonly overrides: readonly Override[];
  /** Requests that an operator wants repeated at once. */
  readonly remindNow: readonly MailRequest[];
  readonly cancel: {
    readonly by: string;
    readonly reason: string;
    /** AR24 was read, or could not be read, to find out what became of a creation in flight. */
    readonly readBack: boolean;
  } | null;

  readonly hints: Hints;
  /** The last read of AR24, except by polls without a change: only Temporal knows those. */
  readonly lastRead: { readonly at: number; readonly snapshot: AccountSnapshot } | null;
  readonly acting: CallKind | null;
  readonly problem: Problem | null;
  readonly guard: Guard;

  readonly waiting: Waiting;
  /** When links to the sender's page were last revoked. */
  readonly linksRevokedAt: number | null;
  readonly outcome: Outcome | null;
}
