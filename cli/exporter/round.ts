/**
 * One round of the exporter: counts of Temporal's visibility store, none for a single sender. Servers refuse `GROUP BY`
 * on our attributes, so each label is a count of its own.
 *
 * What the server does not report is not recorded.
 */
import type { Client } from '@temporalio/client';
import { oldestNotificationMs, readBacklog } from '../../client/backlog.ts';
import { FAILING_TASK } from '../../client/find-stuck.ts';
import { begunUnder, OPEN_WORKFLOWS, WITH_KEY, withOtherKeys } from '../../client/keys-needed.ts';
import { countIfKnown, countOf } from '../../client/search.ts';
import { listQuery } from '../../client/visibility-query.ts';
import { callTemporal } from '../../client/temporal-call.ts';
import { workersInUse, workerVersions } from '../../client/worker-versions.ts';
import { areWritesPaused } from '../../client/writes.ts';
import { keyIdsIn } from '../../codec/worker-identity.ts';
import type { Recorder } from '../../metrics/definition.ts';
import { ATTRIBUTES, ERASURE_TYPE, PROBLEM_KINDS } from '../../workflows/contract/index.ts';
import { AGES, OPEN_STATUSES, PROBLEM_AGES, type EXPORTER_METRICS } from './metrics.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MS_OF = {
  any: 0,
  over_1h: HOUR,
  over_24h: DAY,
  '1d': DAY,
  '3d': 3 * DAY,
  '7d': 7 * DAY,
  '14d': 14 * DAY,
  '30d': 30 * DAY,
} as const satisfies Readonly<
  Record<(typeof AGES)[number] | (typeof PROBLEM_AGES)[number], number>
>;

const OPEN = listQuery({ stuckOnly: true }, () => []);

type Count = (query: string) => Promise<number>;

export interface Round {
  readonly temporal: Client;
  readonly record: Recorder<typeof EXPORTER_METRICS>;
  /** Resolves when the next call to Temporal may be made. */
  readonly turn: () => Promise<void>;
}

/** @throws TemporalUnavailableError; what `turn` throws */
export async function readOnce(round: Round): Promise<void> {
  const { temporal, record, turn } = round;
  const count: Count = async (query) => {
    await turn();
    return countOf(temporal, query);
  };
  for (const status of OPEN_STATUSES) {
    record('onboarding_open', { status }, await count(listQuery({ status }, () => [])));
  }
  for (const age of AGES) {
    const query = `${OPEN} AND ${ATTRIBUTES.since.name} < '${timeAgo(MS_OF[age])}'`;
    record('onboarding_open_unchanged', { age }, await count(query));
  }
  await readProblems(round, count);
  // Not by the status: beside a question, it names what the person has to do.
  const asked = listQuery({ waitingFor: 'operator' }, () => []);
  record('onboarding_open_with_question', {}, await count(asked));
  record(
    'onboarding_open_deadline_within_3d',
    {},
    await count(`${OPEN} AND ${ATTRIBUTES.deadline.name} < '${timeAgo(-3 * DAY)}'`),
  );
  const erasures = `WorkflowType = '${ERASURE_TYPE}' AND ExecutionStatus = 'Running'`;
  record('onboarding_erasures_open', {}, await count(erasures));
  record('onboarding_failed', {}, await count(listQuery({ status: 'failed' }, () => [])));
  await turn();
  const paused = await callTemporal(temporal, () =>
    areWritesPaused(temporal.connection, temporal.options.namespace),
  );
  record('onboarding_ar24_writes_paused', {}, paused ? 1 : 0);
  await turn();
  const failing = await countIfKnown(temporal, `${OPEN} AND ${FAILING_TASK}`);
  if (failing !== undefined) record('onboarding_failing_tasks', {}, failing);
  await turn();
  const backlog = await readBacklog(temporal);
  await turn();
  const notificationMs = await oldestNotificationMs(temporal);
  if (backlog !== undefined && notificationMs !== undefined) {
    const oldestMs = Math.max(backlog.oldestTaskMs, notificationMs);
    record('onboarding_oldest_task_seconds', {}, oldestMs / 1000);
    record('onboarding_polls_behind_seconds', {}, backlog.oldestPollMs / 1000);
  }
  await turn();
  const versions = await callTemporal(temporal, () =>
    workerVersions(temporal.connection, temporal.options.namespace),
  );
  record('onboarding_workers', {}, workersInUse(versions).length);
  // Also of workers whose version is not in use: the key is not lost.
  const polling = [...versions.polling.values()].flatMap(({ workers }) => workers);
  await readKeys(round, count, polling);
}

/** Most of the time there is no problem, and one count says so. */
async function readProblems({ record }: Round, count: Count): Promise<void> {
  const { problem, problemSince } = ATTRIBUTES;
  const hasNone = (await count(`${OPEN} AND ${problem.name} IS NOT NULL`)) === 0;
  for (const kind of PROBLEM_KINDS) {
    let found = hasNone ? 0 : Infinity;
    for (const age of PROBLEM_AGES) {
      const old = age === 'any' ? '' : ` AND ${problemSince.name} < '${timeAgo(MS_OF[age])}'`;
      // If there is none of the kind, there is no older one.
      if (found > 0) found = await count(`${OPEN} AND ${problem.name} = '${kind}'${old}`);
      record('onboarding_open_with_problem', { kind, age }, found);
    }
  }
}

/**
 * Reads the keys' ids from the running workers, so that this process needs no key. A run needs its own key and all
 * that stand before it in the list: each of them may have encrypted a message to it.
 *
 * @param workers their identities
 */
async function readKeys(
  { record }: Round,
  count: Count,
  workers: readonly string[],
): Promise<void> {
  const rings = workers.map((identity) => keyIdsIn(identity) ?? []);
  // While a key is added or removed, workers have different lists for some minutes.
  const keys = rings.reduce((longest, ring) => (ring.length > longest.length ? ring : longest), []);
  const known = [...new Set(rings.flat())];
  const others = known.length === 0 ? WITH_KEY : withOtherKeys(known);
  const missing = await count(`${OPEN_WORKFLOWS} AND ${others}`);
  const needs = new Map<string, number>();
  let needing = missing;
  for (const id of keys.toReversed()) {
    needing += await count(`${OPEN_WORKFLOWS} AND ${begunUnder([id])}`);
    needs.set(id, needing);
  }
  record('onboarding_open_missing_key', {}, missing);
  for (const [key, open] of needs) record('onboarding_open_needing_key', { key }, open);
}

function timeAgo(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}
