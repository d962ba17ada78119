/**
 * The poll: reads AR24 and fails, so that Temporal retries it, until AR24 shows something else than the workflow
 * knows. So weeks of polling add nothing to the history, and Temporal's UI shows the pending activity with its last
 * answer and its next try.
 *
 * Polls go last in the queue. If more onboardings wait than AR24's rate limit allows to read, polls are late, and each
 * late one makes its next pause longer. So the queue stays short, and everybody has a turn.
 */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { isAr24Error } from '../ar24/index.ts';
import type { AwaitChangeInput, AccountSnapshot } from '../workflows/contract/index.ts';
import { thisAttempt, throwAsFailure, type Attempt } from './attempt.ts';
import { CircuitOpen } from './circuit-breaker.ts';
import type { ActivitySettings, Deps } from './deps.ts';
import { isSameSnapshot, readSnapshot } from './read-account.ts';

/** The pauses after a claim that AR24 does not confirm. After these the usual pauses follow. */
const RECHECK_MS = [10_000, 60_000, 300_000];
const JITTER = 0.1;
/** By how many times its own delay a late poll lengthens its next pause: a quarter of all polls may be in the queue. */
const STRETCH = 3;
/** No delay makes a pause longer than this. A policy may. */
const LONGEST_STRETCHED_MS = 24 * 3_600_000;
const JUST_SCHEDULED_MS = 1_000;
const FAILING_PAUSE_MS = { least: 5_000, most: 180_000 };

export async function awaitChange(deps: Deps, input: AwaitChangeInput): Promise<AccountSnapshot> {
  const attempt = thisAttempt(deps);
  // The known snapshot was read before this poll, usually a moment ago. After a continue-as-new or an override it
  // may be older. In both cases the first read is after the first pause, so that a new poll costs no extra read.
  // `temporal activity reset` starts at attempt 1 again; then AR24 is read at once.
  if (input.known !== null && attempt.number === 1 && attempt.elapsedMs < JUST_SCHEDULED_MS) {
    throw waitOn('NotReadYet', 'not read again yet', attempt, input);
  }
  const snapshot = await read(attempt, deps.settings, input);
  if (!isSameSnapshot(snapshot, input.known)) return snapshot;
  throw waitOn('Unchanged', `AR24 shows ${snapshot.kind}`, attempt, input);
}

async function read(
  attempt: Attempt,
  settings: ActivitySettings,
  { target, retryBudgetMs }: AwaitChangeInput,
): Promise<AccountSnapshot> {
  try {
    return await readSnapshot(attempt, target);
  } catch (error) {
    if (!isAr24Error(error) && !(error instanceof CircuitOpen)) return throwAsFailure(error);
    const since = failingSince(attempt.lastDetails) ?? attempt.now;
    attempt.recordDetails({ failingSince: since } satisfies PollDetails);
    const elapsedMs = attempt.now - since;
    return throwAsFailure(error, {
      // Tries that AR24 answered are counted too, so the number of tries decides nothing; the time does.
      attempt: elapsedMs === 0 ? 1 : attempt.number,
      elapsedMs,
      retryBudgetMs,
      since,
      pauseMs: between(elapsedMs / 2, FAILING_PAUSE_MS.least, FAILING_PAUSE_MS.most),
    });
  }
}

/** The failure that has Temporal retry the poll. */
function waitOn(
  type: 'NotReadYet' | 'Unchanged',
  answer: string,
  attempt: Attempt,
  input: AwaitChangeInput,
): ApplicationFailure {
  const waitingFor = input.waitingFor.join(', ') || 'a change';
  return ApplicationFailure.create({
    type,
    message: `still waiting for ${waitingFor}: ${answer}`,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: pauseMs(attempt, input),
  });
}

/**
 * Each pause is 1.5 times the one before: the first pause plus half of the time waited so far, up to the maximum. A
 * re-check is never later than that.
 */
function pauseMs(attempt: Attempt, { poll, recheck }: AwaitChangeInput): number {
  const soon = recheck.length > 0 ? RECHECK_MS[attempt.number - 1] : undefined;
  const longest = poll.maxSeconds * 1000;
  const usual = Math.min(poll.firstSeconds * 1000 + attempt.elapsedMs / 2, longest);
  const stretched = Math.min(
    usual + STRETCH * attempt.lateMs(),
    Math.max(longest, LONGEST_STRETCHED_MS),
  );
  const pause = Math.min(soon ?? stretched, stretched);
  return Math.round(pause * (1 + JITTER * (2 * Math.random() - 1)));
}

function between(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** The heartbeat details of a failing poll, for its next tries. */
interface PollDetails {
  /** Ms since the epoch. */
  readonly failingSince: number;
}

function failingSince(details: unknown): number | undefined {
  const isOurs = typeof details === 'object' && details !== null && 'failingSince' in details;
  return isOurs && typeof details.failingSince === 'number' ? details.failingSince : undefined;
}
