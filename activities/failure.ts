/**
 * The one place where a failed call becomes a Temporal failure: one that is retried, or a problem for the workflow.
 * Of AR24's answer and of the sender it holds only method, route, slug and the name of a field.
 */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Ar24Failure } from '../ar24/index.ts';
import type { CallFailure, FieldError, ProblemKind } from '../workflows/contract/index.ts';
import { FORM_FIELDS, type FormField } from '../workflows/contract/request.ts';
import { LEAST_PAUSE_MS, type CircuitOpen } from './circuit-breaker.ts';

/** With fewer tries a failure is no problem yet, even if the tries waited in a queue for longer than the budget. */
const LEAST_TRIES = 3;
/** After this many malformed answers there is a problem. */
const CONTRACT_TRIES = 3;
const MAINTENANCE_PAUSE_MS = 60_000;
/**
 * The longest pause of the retry policy. Up to this, a pause may exceed the retry budget, so that a short
 * disturbance makes no problem. A longer pause that would exceed the budget is a problem at once.
 */
const SHORT_PAUSE_MS = 180_000;

export interface Tries {
  /** From 1 on. */
  readonly attempt: number;
  /** Milliseconds since the first try. */
  readonly elapsedMs: number;
  readonly retryBudgetMs: number;
  /** Pause before the next try. Undefined: the retry policy decides. */
  readonly pauseMs?: number | undefined;
  /** The caller waits for this long at most (ms). */
  readonly withinMs?: number | undefined;
  /** When the failures began (ms since the epoch), if that was not at the first try. */
  readonly since?: number | undefined;
  /** `no`: no write can have reached AR24. Default `unknown`. */
  readonly delivered?: CallFailure['delivered'];
}

const PROBLEM_OF = {
  network: 'unreachable',
  timeout: 'unreachable',
  throttled: 'throttled',
  maintenance: 'maintenance',
  credentials: 'credentials',
  clock: 'clock',
  contract: 'contract',
  'unknown-slug': 'unknown-slug',
  // The step handles the refusals it expects. Another one contradicts an earlier answer of AR24.
  refused: 'contract',
} as const satisfies Readonly<Record<Ar24Failure['kind'], ProblemKind>>;

/** The problems that a failure of a call may become. */
export const AR24_PROBLEM_KINDS = [...new Set(Object.values(PROBLEM_OF))];
type Ar24ProblemKind = (typeof AR24_PROBLEM_KINDS)[number];

/** The problem that a failure becomes if it lasts. */
export function problemKindOf({ kind }: Ar24Failure): Ar24ProblemKind {
  return PROBLEM_OF[kind];
}

export function failureFor(error: Ar24Failure | CircuitOpen, tries: Tries): ApplicationFailure {
  if (error.kind === 'circuit-open') return circuitFailure(error, tries);
  const pauseMs = pauseOf(error) ?? tries.pauseMs;
  const retry = mayRetry(error.kind, tries, pauseMs);
  return failure(error, problemOf(error, tries), retry, pauseMs);
}

/** AR24 was not called, since the circuit is open. The problem is the one that opened it. */
function circuitFailure(open: CircuitOpen, tries: Tries): ApplicationFailure {
  // A call without a retry budget is tried for a reason, such as an operator's retry. So if the next probe is soon,
  // it waits for it instead of failing for the reason of an earlier call.
  const { cause, probeInMs } = open;
  const soonEnough = probeInMs <= Math.min(tries.withinMs ?? Infinity, SHORT_PAUSE_MS);
  const worthWaiting = tries.retryBudgetMs === 0 && tries.attempt === 1 && soonEnough;
  const retry = worthWaiting || mayRetry(cause.kind, tries, probeInMs);
  return failure(cause, problemOf(cause, tries), retry, probeInMs, open.message);
}

/** The problem shows at once. It is retried by the repair schedule, and by `onboard resume`. */
export function failureWhilePaused(
  { name, message }: Error,
  { delivered = 'unknown' }: Tries,
): ApplicationFailure {
  const problem: CallFailure = { problem: 'paused', delivered };
  return ApplicationFailure.create({
    type: name,
    message,
    nonRetryable: true,
    details: [problem],
    category: ApplicationFailureCategory.BENIGN,
  });
}

function problemOf(error: Ar24Failure, { since, delivered = 'unknown' }: Tries): CallFailure {
  return {
    problem: PROBLEM_OF[error.kind],
    ...('slug' in error && error.slug !== undefined && { slug: error.slug }),
    ...(error.kind === 'contract' && error.field !== undefined && { field: error.field }),
    ...(since !== undefined && { since }),
    delivered,
  };
}

function mayRetry(kind: Ar24Failure['kind'], tries: Tries, pauseMs = 0): boolean {
  const isInBudget =
    tries.retryBudgetMs > 0 &&
    (pauseMs <= SHORT_PAUSE_MS
      ? tries.attempt < LEAST_TRIES || tries.elapsedMs < tries.retryBudgetMs
      : tries.elapsedMs + pauseMs <= tries.retryBudgetMs);
  switch (kind) {
    case 'network':
    case 'timeout':
    case 'throttled':
    case 'maintenance':
      return isInBudget;
    case 'contract':
      return tries.retryBudgetMs > 0 && tries.attempt < CONTRACT_TRIES;
    case 'credentials':
    case 'clock':
    case 'refused':
    case 'unknown-slug':
      return false;
  }
}

function pauseOf(error: Ar24Failure): number | undefined {
  switch (error.kind) {
    case 'throttled':
      return error.retryAfterMs;
    case 'maintenance':
      return MAINTENANCE_PAUSE_MS;
    case 'network':
    case 'timeout':
    case 'credentials':
    case 'clock':
    case 'refused':
    case 'unknown-slug':
    case 'contract':
      return undefined;
  }
}

function failure(
  error: Ar24Failure,
  problem: CallFailure,
  retry: boolean,
  pauseMs: number | undefined,
  message = error.message,
): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.name,
    message,
    nonRetryable: !retry,
    details: [problem],
    ...(retry &&
      pauseMs !== undefined && {
        nextRetryDelay: Math.max(LEAST_PAUSE_MS, Math.round(pauseMs)),
      }),
    // AR24 announces maintenance, so it needs no alert.
    ...(error.kind === 'maintenance' && { category: ApplicationFailureCategory.BENIGN }),
  });
}

/** The field in which a person can correct what AR24 refused: a form field, the address, or else the whole form. */
export function formFieldOf(parameter: string | undefined): FieldError['field'] {
  if (parameter === 'email') return parameter;
  return parameter !== undefined && isFormField(parameter) ? parameter : 'form';
}

function isFormField(parameter: string): parameter is FormField {
  return Object.hasOwn(FORM_FIELDS, parameter);
}
