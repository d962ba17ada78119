/**
 * The one place where a failed call becomes a Temporal failure: retried, or a problem for the
 * workflow. Nothing of AR24's answer or of the sender gets into it but method, route and slug.
 */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Ar24Failure } from '../ar24/index.ts';
import type { CallFailure, ProblemKind } from '../workflows/contract/index.ts';
import { LEAST_PAUSE_MS, type GateClosed } from './gate.ts';

/** Before this many tries a failure is never called a problem, however long they queued. */
const LEAST_TRIES = 3;
/** A malformed answer is repeated this often before it is called a problem. */
const CONTRACT_TRIES = 3;
const MAINTENANCE_PAUSE_MS = 60_000;
/**
 * The longest pause of the retry policy. It may overrun the patience a little, so that something
 * that is over in a moment makes no problem; a longer one shows at once where it would.
 */
const SHORT_PAUSE_MS = 180_000;

export interface Tries {
  /** From 1 on. */
  readonly attempt: number;
  /** Milliseconds since the first try. */
  readonly elapsedMs: number;
  readonly patienceMs: number;
  /** Pause before the next try; undefined: by the retry policy. */
  readonly pauseMs?: number | undefined;
  /** Somebody waits for this no longer (ms). */
  readonly withinMs?: number | undefined;
  /** When the failing began (ms since the epoch), where that is not the first try. */
  readonly since?: number | undefined;
  /** No try can have reached AR24. */
  readonly delivered?: 'no' | undefined;
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
  // A refusal that the step did not expect: AR24 contradicts itself.
  refused: 'contract',
} as const satisfies Readonly<Record<Ar24Failure['kind'], ProblemKind>>;

/** What a failure of this kind shows as, where it stays. */
export function problemKindOf({ kind }: Ar24Failure): ProblemKind {
  return PROBLEM_OF[kind];
}

export function failureFor(error: Ar24Failure | GateClosed, tries: Tries): ApplicationFailure {
  if (error.kind === 'gate-closed') return gateFailure(error, tries);
  const pauseMs = pauseOf(error) ?? tries.pauseMs;
  const retry = mayRetry(error.kind, tries, pauseMs);
  return failure(error, problemOf(error, tries), retry, pauseMs);
}

/** AR24 was not called, since it had just refused everybody: the same problem, without its cost. */
function gateFailure(closed: GateClosed, tries: Tries): ApplicationFailure {
  // One who tries again on purpose waits for the next probe instead of failing on the last one.
  const { cause: last, opensInMs } = closed;
  const soonEnough = opensInMs <= Math.min(tries.withinMs ?? Infinity, SHORT_PAUSE_MS);
  const worthWaiting = tries.patienceMs === 0 && tries.attempt === 1 && soonEnough;
  const retry = worthWaiting || mayRetry(last.kind, tries, opensInMs);
  return failure(last, problemOf(last, tries), retry, opensInMs);
}

function problemOf(error: Ar24Failure, { since, delivered }: Tries): CallFailure {
  return {
    problem: PROBLEM_OF[error.kind],
    ...('slug' in error && error.slug !== undefined && { slug: error.slug }),
    ...(since !== undefined && { since }),
    ...(delivered && { delivered }),
  };
}

function mayRetry(kind: Ar24Failure['kind'], tries: Tries, pauseMs = 0): boolean {
  const patient =
    tries.patienceMs > 0 &&
    (pauseMs <= SHORT_PAUSE_MS
      ? tries.attempt < LEAST_TRIES || tries.elapsedMs < tries.patienceMs
      : tries.elapsedMs + pauseMs <= tries.patienceMs);
  switch (kind) {
    case 'network':
    case 'timeout':
    case 'throttled':
    case 'maintenance':
      return patient;
    case 'contract':
      return tries.patienceMs > 0 && tries.attempt < CONTRACT_TRIES;
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
): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.name,
    message: error.message,
    nonRetryable: !retry,
    details: [problem],
    ...(retry &&
      pauseMs !== undefined && {
        nextRetryDelay: Math.max(LEAST_PAUSE_MS, Math.round(pauseMs)),
      }),
    // Announced by AR24, no fault of anybody: not worth an alert.
    ...(error.kind === 'maintenance' && { category: ApplicationFailureCategory.BENIGN }),
  });
}
