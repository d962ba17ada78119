/**
 * Finds the open onboardings that have made no progress for too long, by searches: search attributes decide most of them, and of the
 * rest only candidates are read. To describe and query each of some thousands takes minutes, and slows down their
 * workers.
 *
 * No attribute shows the last read of AR24, because an upsert for each poll would be billed and stored. But an open
 * onboarding without a problem waits in a task queue, or between two polls, or was paused by somebody. So if no task
 * has waited for long, no read of AR24 is overdue. A sample is read as a check.
 */
import type { Client } from '@temporalio/client';
import { ATTRIBUTES, workflowIdOf } from '../workflows/contract/index.ts';
import { readBacklog, type Backlog } from './backlog.ts';
import { describeRun, type OnboardingRun, isOpen } from './run.ts';
import { keysHere } from './encryption.ts';
import { inGroups, countIfKnown, countOf, searchAll, searchOnce, summaryOf } from './search.ts';
import { begunUnder, keysMissingHere } from './keys-needed.ts';
import { pendingCalls } from './pending-call.ts';
import { viewOfRun } from './read-view.ts';
import {
  NO_LOOK_TOLERATED_MS,
  PROBLEM_TOLERATED_MS,
  stuckBecause,
  type StuckReason,
} from './stuck.ts';
import type { OnboardingSummary } from './view-types.ts';
import { keysOfWorkers, lackedByAny, missingKeysOf } from './worker-keys.ts';

/** Up to this many are all read. Of more, this many are read as a sample. */
const READ_ANYWAY = 100;
const READ_AT_A_TIME = 16;

/** Progress of a search for stuck onboardings. */
export interface StuckProgress {
  /** Onboardings that were read one by one. */
  readonly read: number;
  readonly open: number;
  /** `each`: all that search attributes do not decide. `candidates`: candidates and a sample only. */
  readonly reads: 'each' | 'candidates';
}

export interface StuckSearch {
  /** Temporal's list filter for open onboardings. */
  readonly query: string;
  /** Reads all, however many there are. */
  readonly readAll?: boolean | undefined;
  readonly onProgress?: ((progress: StuckProgress) => void) | undefined;
}

/** @throws TemporalUnavailableError */
export async function* findStuck(
  temporal: Client,
  search: StuckSearch,
): AsyncIterableIterator<OnboardingSummary> {
  const { query } = search;
  const now = Date.now();
  const seen = new Set<string>();
  const open = await countOf(temporal, query);
  let read = 0;

  for await (const run of searchAll(temporal, `${query} AND ${longProblem(now)}`)) {
    const summary = summaryOf(run);
    seen.add(summary.reference);
    yield { ...summary, stuckBecause: ['problem'] };
  }
  const each = search.readAll === true || open - seen.size <= READ_ANYWAY;
  const reads = each ? 'each' : 'candidates';
  const queries = each ? [query] : await candidateQueries(temporal, search, now);
  for await (const some of inGroups(unseen(temporal, queries, seen), READ_AT_A_TIME)) {
    const reasons = await Promise.all(some.map((one) => whyStuck(temporal, one, now)));
    read += some.length;
    search.onProgress?.({ read, open, reads });
    for (const [index, one] of some.entries()) {
      const { [index]: stuckBecause = [] } = reasons;
      if (stuckBecause.length > 0) yield { ...one, stuckBecause };
    }
  }
}

/** Part of a list filter: a problem that lasts too long. */
export function longProblem(now: number): string {
  return `${ATTRIBUTES.problemSince.name} < '${before(now, PROBLEM_TOLERATED_MS)}'`;
}

/** Part of a list filter: workflow tasks fail. Temporal 1.30 and later set this attribute. */
export const FAILING_TASK = 'TemporalReportedProblems IS NOT NULL';
/** Part of a list filter: somebody has paused a call. Temporal 1.28 and later set this attribute. */
const PAUSED = 'TemporalPauseInfo IS NOT NULL';

async function candidateQueries(
  temporal: Client,
  { query }: StuckSearch,
  now: number,
): Promise<readonly (string | { readonly sample: string })[]> {
  const [missingHere, workers, backlog, ...counts] = await Promise.all([
    keysMissingHere(temporal),
    keysOfWorkers(temporal),
    readBacklog(temporal),
    ...[FAILING_TASK, PAUSED].map((part) => countIfKnown(temporal, `${query} AND ${part}`)),
  ]);
  const known = [FAILING_TASK, PAUSED].filter((_, index) => (counts[index] ?? 0) > 0);
  const lacked = lackedByAny(workers, keysHere(temporal));
  const missingKeys = [...missingHere, ...lacked];
  const withoutProblem = `${ATTRIBUTES.problem.name} IS NULL`;
  const old = `${withoutProblem} AND StartTime < '${before(now, NO_LOOK_TOLERATED_MS)}'`;
  const parts = [
    ...known,
    ...(missingKeys.length > 0 ? [begunUnder(missingKeys)] : []),
    // Open after its deadline: its workflow does not run.
    `${ATTRIBUTES.deadline.name} < '${before(now, PROBLEM_TOLERATED_MS)}'`,
    ...(mayHaveNoLook(backlog) ? [old] : []),
  ];
  return [
    ...parts.map((part) => `${query} AND ${part}`),
    { sample: `${query} AND ${old}` },
    { sample: `${query} AND ${withoutProblem}` },
  ];
}

/**
 * Whether a read of AR24 may have been due for too long: it would be a task that waits in a queue.
 *
 * @param backlog undefined if the server does not report it
 */
function mayHaveNoLook(backlog: Backlog | undefined): boolean {
  if (backlog === undefined) return true;
  return Math.max(backlog.oldestTaskMs, backlog.oldestPollMs) > NO_LOOK_TOLERATED_MS;
}

/** The results of the searches, each once. */
async function* unseen(
  temporal: Client,
  queries: readonly (string | { readonly sample: string })[],
  seen: Set<string>,
): AsyncIterableIterator<OnboardingSummary> {
  for (const query of queries) {
    for await (const run of typeof query === 'string'
      ? searchAll(temporal, query)
      : sampleOf(temporal, query.sample)) {
      const summary = summaryOf(run);
      if (seen.has(summary.reference)) continue;
      seen.add(summary.reference);
      yield summary;
    }
  }
}

async function* sampleOf(temporal: Client, query: string) {
  const { runs } = await searchOnce(temporal, query, { pageSize: READ_ANYWAY / 2 });
  yield* runs;
}

/** Reasons that Temporal's description of the run proves. A query of the workflow may need a replay. */
const PROVEN: readonly StuckReason[] = ['problem', 'failing-task'];

/** No reason: it is not stuck. */
async function whyStuck(
  temporal: Client,
  { reference }: OnboardingSummary,
  now: number,
): Promise<readonly StuckReason[]> {
  const run = await describeRun(temporal, workflowIdOf(reference));
  // It ended or was deleted since the search.
  if (run === undefined || !isOpen(run)) return [];
  const reasons = await reasonsInTemporal(temporal, run, now);
  if (reasons.some((reason) => PROVEN.includes(reason))) return reasons;
  if (reasons.length === 0 && (await missingKeysOf(temporal, run)).length === 0) return [];
  return (await viewOfRun(temporal, reference, run)).stuckBecause;
}

/** The reasons as without a worker: every true reason, and maybe others. */
async function reasonsInTemporal(
  temporal: Client,
  run: OnboardingRun,
  now: number,
): Promise<readonly StuckReason[]> {
  const calls = await pendingCalls(temporal, run);
  return stuckBecause(run, { ...summaryOf(run), partial: true, outcome: null }, calls, now);
}

function before(now: number, ms: number): string {
  return new Date(now - ms).toISOString();
}
