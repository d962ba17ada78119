/** How the contract's words are said to people. */
import type { StuckReason } from '../../client/index.ts';
import type { ProblemKind, Requirement, Status } from '../../workflows/contract/index.ts';

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

/** What goes on while nobody is waited for, and how it ended. */
const STATUS_WORDS = {
  'requesting-access': 'finding out what AR24 knows, and asking for access',
  'creating-account': 'creating the account at AR24',
  ready: "ready: AR24 takes this sender's letters",
  refused: 'the holder refused access',
  expired: 'given up: nobody did what was waited for in time',
  cancelled: 'cancelled',
  failed: 'failed: the run in Temporal ended without an outcome',
} as const satisfies Partial<Readonly<Record<Status, string>>>;

/** After "problem:". */
const PROBLEM_WORDS = {
  unreachable: 'AR24 cannot be reached',
  throttled: 'AR24 takes no more calls for now',
  maintenance: 'AR24 is in maintenance',
  credentials: 'AR24 refuses our token or signature',
  clock: 'AR24 refuses our clock',
  contract: 'AR24 answers with something that cannot be understood',
  'unknown-slug': 'AR24 answers with an error that is not known',
} as const satisfies Readonly<Record<ProblemKind, string>>;

export const STUCK_WORDS = {
  problem: 'a problem that has lasted for over an hour',
  'no-look': 'AR24 has not been read for over 24 hours',
  'failing-task': "the workflow's code fails: does the worker fit this version?",
  'missing-key': 'a key that it was encrypted with is not here: see `onboard doctor`',
} as const satisfies Readonly<Record<StuckReason, string>>;

/** The steps by which something is asked of AR24, or told, as what is going on right now. */
const CALL_WORDS: Readonly<Record<string, string>> = {
  look: 'looking at AR24',
  requestAccess: 'asking AR24 for access',
  createAccount: 'creating the account at AR24',
  requestTerms: 'having AR24 mail its terms',
  requestPayment: 'having AR24 ask for a way to pay',
  orderIdentity: 'ordering the identity check',
  awaitChange: 'looking at AR24',
  tellPartner: 'telling the partner',
};

/** @param call an activity's name, also one of another version */
export function callWords(call: string): string {
  return wordIn(CALL_WORDS, call) ?? call;
}

/** A status or problem may also come from Temporal's search, written by another version. */
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

/** What others wrote may be any text, also the name of something that every object has. */
export function wordIn(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
