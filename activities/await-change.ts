/**
 * The poll: reads AR24 and fails, so that Temporal retries it, until AR24 shows something else than the workflow
 * knows. So weeks of polling add nothing to the history, and Temporal's UI shows the pending activity with its last
 * answer and its next try.
 */
import {
  ApplicationFailure,
  ApplicationFailureCategory,
  TemporalFailure,
} from '@temporalio/common';
import type { AwaitChangeInput, AccountSnapshot } from '../workflows/contract/index.ts';
import { thisAttempt, throwAsFailure, type Attempt } from './attempt.ts';
import type { ActivitySettings, Deps } from './deps.ts';
import { pollPauseMs } from './poll-pause.ts';
import { isSameSnapshot, readSnapshot } from './read-account.ts';

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
  // Temporal keeps the details over all tries: the next failure is a new one, and not weeks old.
  if (failingSince(attempt.lastDetails) !== undefined) attempt.recordDetails(null);
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
    if (error instanceof TemporalFailure) return throwAsFailure(error);
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
  const { number, elapsedMs, now } = attempt;
  // In the queue and for a turn. By this worker's clock: AR24 refuses the calls of one whose clock is wrong.
  const lateMs = Math.max(0, Date.now() - now);
  return ApplicationFailure.create({
    type,
    message: `still waiting for ${waitingFor}: ${answer}`,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: pollPauseMs({ number, elapsedMs, lateMs }, input),
  });
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
