/** All that is known of one sender. A plain value: the reducer makes a new one from each event. */
import type {
  Account,
  Claimable,
  FieldError,
  OnboardingStart,
  Outcome,
  OverrideRecord,
  Overridable,
  Policy,
  ProblemKind,
  Question,
  RegistrationForm,
  Sighting,
  SignUp,
} from '../contract/index.ts';

/** May we act for the sender's account? */
export type Access = 'unknown' | 'none' | 'asked' | 'granted' | 'lost' | 'refused';

/** The calls to AR24, by what they are for. */
export type Call =
  | 'look'
  | 'request-access'
  | 'create-account'
  | 'request-terms'
  | 'request-payment'
  | 'order-identity';

export type Askable = 'access' | 'terms' | 'payment' | 'identity';

/** What AR24 was asked to do for us. Times in ms since the epoch. */
export interface Asked {
  readonly first: number;
  readonly last: number;
  /** Calls made, lost answers included; 0 where AR24 mails by itself. */
  readonly times: number;
  readonly reminders: number;
  readonly answersLost: number;
  /** Sends since AR24 last answered: one is repeated at once, two are left to the reminder. */
  readonly unanswered: number;
}

export interface Claim {
  readonly by: string;
  readonly at: number;
}

export interface Problem {
  readonly kind: ProblemKind;
  readonly call: Call;
  readonly slug?: string | undefined;
  readonly since: number;
  /** It had seemed to be over until then: the deadline has moved by what was before. */
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

export interface Sender {
  readonly request: SignUp;
  readonly policy: Policy;
  readonly startedAt: number;

  readonly access: Access;
  /** How access came about; null until it did. */
  readonly how: 'found' | 'attached' | 'created' | null;
  /** An earlier onboarding of this reference asked the same address for access. */
  readonly askedBefore: boolean;
  readonly account: Account | null;
  /** An account that we had access to does not exist any more. */
  readonly accountGone: boolean;
  /** The holder withdrew access, and AR24 knows his address no more: there is nobody to ask. */
  readonly addressGone: boolean;

  readonly form: RegistrationForm | null;
  readonly fieldErrors: readonly FieldError[];
  readonly creation: {
    /** Times AR24 refused without naming a field, no account being there. */
    readonly refusals: number;
    /** A call was made whose outcome is not known: read before writing. */
    readonly unsettled: boolean;
    /** We have called at least once for this address. */
    readonly tried: boolean;
  };

  readonly asked: Readonly<Partial<Record<Askable, Asked>>>;
  /** The account for which the identity was ordered; null where an earlier onboarding did. */
  readonly identityOrderedFor: string | null;
  readonly paymentLink: string | null;
  /** The identity order's answer never came: paid, so not repeated. */
  readonly identityOrderLost: boolean;

  readonly claims: Readonly<Partial<Record<Claimable | 'refusal', Claim>>>;
  readonly overrides: readonly Override[];
  /** Askings that an operator wants repeated at once. */
  readonly remindNow: readonly Askable[];
  readonly cancel: {
    readonly by: string;
    readonly reason: string;
    /** AR24 was read, or could not be, to learn what became of a creation in flight. */
    readonly readBack: boolean;
  } | null;

  /** Somebody wants us to look at AR24: the last time that he said so. */
  readonly lookWantedAt: number | null;
  /** What AR24 showed when it was last read. */
  readonly lastLook: { readonly at: number; readonly sighting: Sighting } | null;
  /** When hints made us look in the last minute: bounds how often they are followed. */
  readonly recentLooks: readonly number[];
  readonly acting: Call | null;
  readonly problem: Problem | null;
  /** AR24 showed by the address what it denied by the id: the last trouble of that kind. */
  readonly contradiction: Problem | null;
  /** When the last calls were begun: they must not follow one another for ever. */
  readonly recentCalls: readonly number[];

  /** When status or waitingFor last changed. */
  readonly since: number;
  /** How often the partner was asked to remind the person, while the same was outstanding since then. */
  readonly partnerReminded: {
    readonly since: number;
    readonly times: number;
    readonly last: number;
  } | null;
  readonly deadlineAt: number;
  readonly outcome: Outcome | null;
  /** When links to the sender's page were last made void. */
  readonly linksRevokedAt: number | null;
  readonly version: number;
  /** Keyed hash of a corrected address; null while the one given at the start holds. */
  readonly emailHash: string | null;
  /** Ids of the last updates: the server's own deduplication ends with a run. */
  readonly recentUpdates: readonly string[];
}

export function newSender(start: OnboardingStart, now: number): Sender {
  const { request, askedBefore, identityOrderedBefore, policy } = start;
  const { registration, ...signUp } = request;
  return {
    request: signUp,
    policy,
    startedAt: now,
    access: 'unknown',
    how: null,
    askedBefore,
    account: null,
    accountGone: false,
    addressGone: false,
    form: registration ?? null,
    fieldErrors: [],
    creation: { refusals: 0, unsettled: false, tried: false },
    asked: identityOrderedBefore ? { identity: orderedBefore(now) } : {},
    identityOrderedFor: null,
    paymentLink: null,
    identityOrderLost: false,
    claims: {},
    overrides: [],
    remindNow: [],
    cancel: null,
    lookWantedAt: null,
    lastLook: null,
    recentLooks: [],
    acting: null,
    problem: null,
    contradiction: null,
    recentCalls: [],
    since: now,
    partnerReminded: null,
    deadlineAt: now + policy.deadlineDays * 86_400_000,
    outcome: null,
    linksRevokedAt: null,
    version: 1,
    emailHash: null,
    recentUpdates: [],
  };
}

/** Paid once is paid for all: the order of the onboarding before counts. */
function orderedBefore(now: number): Asked {
  return { first: now, last: now, times: 0, reminders: 0, answersLost: 0, unanswered: 0 };
}
