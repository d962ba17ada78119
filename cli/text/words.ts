/** The contract's words for people. */
import type { Pause, StuckReason } from '../../client/index.ts';
import type { ProblemKind, Requirement, Status } from '../../workflows/contract/index.ts';
import { onTheClock } from './time.ts';

/** After "waiting for". */
const REQUIREMENT_WORDS = {
  registration: 'the registration form',
  attachment: "the holder's answer to the access request",
  email: 'the e-mail address to be confirmed',
  terms: "AR24's terms to be accepted",
  profile: 'a name in the account',
  payment: 'a way to pay',
  identity: 'the identity to be verified',
  operator: "an operator's decision",
} as const satisfies Readonly<Record<Requirement, string>>;

/** A status without an outstanding requirement. */
const STATUS_WORDS = {
  'requesting-access': 'reading AR24, and requesting access',
  'creating-account': 'creating the account at AR24',
  ready: 'ready: this sender can send through AR24',
  refused: 'the holder refused access',
  expired: 'expired: a requirement was outstanding at the deadline',
  cancelled: 'cancelled',
  failed: 'failed: the run in Temporal ended without an outcome',
} as const satisfies Partial<Readonly<Record<Status, string>>>;

/** After "problem:". */
const PROBLEM_WORDS = {
  unreachable: 'AR24 cannot be reached',
  throttled: 'AR24 accepts no more calls for now',
  maintenance: 'AR24 is in maintenance',
  credentials: 'AR24 refuses our token or signature',
  clock: 'AR24 refuses our clock',
  contract: 'AR24 answers in an unknown form',
  'unknown-slug': 'AR24 answers with an unknown error',
  paused: 'an operator has paused writes to AR24 (onboard resume)',
} as const satisfies Readonly<Record<ProblemKind, string>>;

/** The same for a table. */
export const STUCK_SHORT = {
  problem: 'problem',
  'no-look': 'AR24 not read for 24 h',
  'failing-task': 'workflow task fails',
  'missing-key': 'key missing',
} as const satisfies Record<StuckReason, string>;

export const STUCK_WORDS = {
  problem: 'a problem that has lasted for over an hour',
  'no-look': 'a read of AR24 has been due for over 24 hours',
  'failing-task': "the workflow's code fails: does the worker fit this version?",
} as const satisfies Readonly<Record<Exclude<StuckReason, 'missing-key'>, string>>;

export function missingKeyWords(keyIds: readonly string[]): string {
  return (
    `the key ${keyIds.join(', ')}, with which it was encrypted, is missing, here or at a worker: ` +
    'see `onboard doctor`'
  );
}

/** The activities of an onboarding, in progress. */
const CALL_WORDS: Readonly<Record<string, string>> = {
  readAccount: 'reading AR24',
  requestAccess: 'requesting access from AR24',
  createAccount: 'creating the account at AR24',
  requestTerms: 'requesting AR24 to mail its terms',
  requestPayment: 'requesting a way to pay through AR24',
  orderIdentity: 'ordering the identity check',
  awaitChange: 'reading AR24',
  readPolicy: 'reading the worker’s policy',
  findOtherRequesters: 'searching for other references that requested this account',
  notifyPartner: 'notifying the partner',
};

/** @param call an activity's name, also one of another version */
export function callWords(call: string): string {
  return wordIn(CALL_WORDS, call) ?? call;
}

/** A status or problem of Temporal's search may be that of another version. */
export function statusWords(status: string, waitingFor: readonly string[]): string {
  if (waitingFor.length > 0) return `waiting for ${waitingFor.map(requirementWords).join(', ')}`;
  return wordIn(STATUS_WORDS, status) ?? status;
}

export function requirementWords(requirement: string): string {
  return wordIn(REQUIREMENT_WORDS, requirement) ?? requirement;
}

export function problemWords(problem: string): string {
  return wordIn(PROBLEM_WORDS, problem) ?? problem;
}

export function pauseWords(paused: Pause | undefined): string {
  if (paused === undefined) return 'Writes to AR24 are not paused.';
  const { since, by = 'somebody', reason = 'encrypted under a key that is missing here' } = paused;
  return `Writes to AR24 are paused since ${onTheClock(since.toISOString())}, by ${by}: ${reason}`;
}

export function restoredWords(since: Date): string {
  return `Temporal was restored on ${onTheClock(since.toISOString())}: workers withhold paid orders that it may have forgotten`;
}

/** The key may be any text, also the name of a member that every object has. */
export function wordIn(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
