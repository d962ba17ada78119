/**
 * The poll: reads AR24 and fails, to be retried by Temporal, until AR24 shows something else than
 * the workflow knows. So weeks of polling add nothing to the history, and the Temporal UI shows the
 * pending activity with its last answer and its next try.
 */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { isAr24Error } from '../ar24/index.ts';
import type { AwaitChangeInput, Sighting } from '../workflows/contract/index.ts';
import { thisAttempt, throwAsFailure, type Attempt, type Deps } from './attempt.ts';
import { GateClosed } from './gate.ts';
import { sameSighting, sightingOf } from './look.ts';
import type { ActivitySettings } from './settings.ts';

/** After a claim that AR24 contradicts: soon again, then as always. */
const RECHECK_MS = [10_000, 60_000, 300_000];
const JITTER = 0.1;
const JUST_SCHEDULED_MS = 1_000;
const FAILING_PAUSE_MS = { least: 5_000, most: 180_000 };

export async function awaitChange(
  deps: Deps,
  settings: ActivitySettings,
  input: AwaitChangeInput,
): Promise<Sighting> {
  const attempt = thisAttempt(deps);
  // What is known was read before this poll: a moment ago as a rule, but maybe long ago where a
  // continuation or an override began it anew. The first read comes after the pause all the same, so
  // that no poll costs a read more than its schedule says.
  // `temporal activity reset` counts from one again, and wants a read.
  if (input.known !== null && attempt.number === 1 && attempt.elapsedMs < JUST_SCHEDULED_MS) {
    throw waitOn('NotReadYet', 'not read again yet', attempt, input);
  }
  const sighting = await read(attempt, settings, input);
  if (!sameSighting(sighting, input.known)) return sighting;
  if (failingSinceIn(attempt.left) !== null) attempt.leave(null);
  throw waitOn('Unchanged', `AR24 shows ${sighting.kind}`, attempt, input);
}

async function read(
  attempt: Attempt,
  settings: ActivitySettings,
  { target, patienceMs }: AwaitChangeInput,
): Promise<Sighting> {
  try {
    return await sightingOf(attempt, target, settings);
  } catch (error) {
    if (!isAr24Error(error) && !(error instanceof GateClosed)) return throwAsFailure(error);
    const since = failingSinceIn(attempt.left) ?? attempt.now;
    attempt.leave({ failingSince: since });
    const elapsedMs = attempt.now - since;
    return throwAsFailure(error, {
      // All tries of the poll count here, also those that were answered: time alone decides.
      attempt: elapsedMs === 0 ? 1 : attempt.number,
      elapsedMs,
      patienceMs,
      since,
      pauseMs: between(elapsedMs / 2, FAILING_PAUSE_MS.least, FAILING_PAUSE_MS.most),
    });
  }
}

/** The failure with which Temporal is asked for the next try. */
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
 * Each pause is 1.5 times the one before: the first plus half of the time waited so far, up to the
 * longest. A re-check never comes later than that.
 */
function pauseMs(attempt: Attempt, { poll, recheck }: AwaitChangeInput): number {
  const soon = recheck.length > 0 ? RECHECK_MS[attempt.number - 1] : undefined;
  const usual = Math.min(poll.firstSeconds * 1000 + attempt.elapsedMs / 2, poll.maxSeconds * 1000);
  const pause = Math.min(soon ?? usual, usual);
  return Math.round(pause * (1 + JITTER * (2 * Math.random() - 1)));
}

function between(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function failingSinceIn(left: unknown): number | null {
  if (typeof left !== 'object' || left === null || !('failingSince' in left)) return null;
  return typeof left.failingSince === 'number' ? left.failingSince : null;
}
