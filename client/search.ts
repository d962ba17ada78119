/** Searches of Temporal's visibility store. They read no memos: one that is not readable must not hide the other runs. */
import type { Client } from '@temporalio/client';
import {
  ATTRIBUTES,
  PROBLEM_KINDS,
  referenceOf,
  REQUIREMENTS,
  STATUSES,
  WITHDRAWN_TYPE,
  WORKFLOW_TYPE,
  type Status,
} from '../workflows/contract/index.ts';
import { isOpen, runFrom, type FoundRun } from './run.ts';
import { grpcCodeOf } from './grpc.ts';
import { callTemporal } from './temporal-call.ts';
import type { OnboardingSummary } from './view-types.ts';

/** Temporal returns at most this many at once. */
const PAGE_SIZE = 1_000;

export interface SearchPage {
  /** At most this many runs. */
  readonly pageSize: number;
  /** Temporal's own token, from the page before. */
  readonly nextPageToken?: Uint8Array | undefined;
}

/** One page. @throws TemporalUnavailableError */
export async function searchOnce(
  temporal: Client,
  query: string,
  { pageSize, nextPageToken }: SearchPage,
) {
  const { namespace } = temporal.options;
  const answer = await callTemporal(temporal, () =>
    temporal.workflowService.listWorkflowExecutions({
      namespace,
      query,
      pageSize,
      ...(nextPageToken && { nextPageToken }),
    }),
  );
  const runs = answer.executions.map(runFrom).filter(isNotByHand);
  return { runs, nextPageToken: answer.nextPageToken };
}

/** How many runs match. @throws TemporalUnavailableError */
export async function countOf(temporal: Client, query: string): Promise<number> {
  const { namespace } = temporal.options;
  const { count } = await callTemporal(temporal, () =>
    temporal.workflowService.countWorkflowExecutions({ namespace, query }),
  );
  return Number(count);
}

/**
 * The same for a query by a search attribute that some servers do not have.
 *
 * @returns undefined if this server does not have it
 * @throws TemporalUnavailableError
 */
export async function countIfKnown(temporal: Client, query: string): Promise<number | undefined> {
  try {
    return await countOf(temporal, query);
  } catch (error) {
    if (grpcCodeOf(error) === 'INVALID_ARGUMENT') return undefined;
    throw error;
  }
}

/** Fetches a page when the caller has read the page before. @throws TemporalUnavailableError */
export async function* searchAll(temporal: Client, query: string): AsyncIterableIterator<FoundRun> {
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await searchOnce(temporal, query, { pageSize: PAGE_SIZE, nextPageToken });
    yield* page.runs;
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
}

/**
 * Excludes runs that somebody started by hand in Temporal, under any id or with another sender's account: they
 * belong to no reference. A run that this client starts has a hash of its address from the beginning.
 */
function isNotByHand({ workflowId, type, typedSearchAttributes }: FoundRun): boolean {
  if (type !== WORKFLOW_TYPE && type !== WITHDRAWN_TYPE) return true;
  if (referenceOf(workflowId) === undefined) return false;
  const hasAccount = typedSearchAttributes.get(ATTRIBUTES.accountId) !== undefined;
  return !hasAccount || (typedSearchAttributes.get(ATTRIBUTES.emailHashes) ?? []).length > 0;
}

/** Groups of this size. The last one may be smaller. */
export async function* inGroups<T>(
  all: AsyncIterable<T> | Iterable<T>,
  size: number,
): AsyncIterableIterator<readonly T[]> {
  let group: T[] = [];
  for await (const one of all) {
    group.push(one);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** An onboarding as its search attributes show it. */
export function summaryOf(run: FoundRun): OnboardingSummary {
  const attributes = run.typedSearchAttributes;
  const open = isOpen(run);
  const waitingFor = attributes.get(ATTRIBUTES.waitingFor) ?? [];
  const problem = PROBLEM_KINDS.find((kind) => kind === attributes.get(ATTRIBUTES.problem));
  return {
    reference: referenceOf(run.workflowId) ?? run.workflowId,
    runId: run.runId,
    status: statusOf(run),
    // A failed run keeps the attributes that it had.
    waitingFor: open ? REQUIREMENTS.filter((one) => waitingFor.includes(one)) : [],
    problem:
      open && problem
        ? { kind: problem, since: attributes.get(ATTRIBUTES.problemSince)?.toISOString() }
        : null,
    since: (attributes.get(ATTRIBUTES.since) ?? run.startTime).toISOString(),
    startedAt: run.startTime.toISOString(),
    deadline: (open ? attributes.get(ATTRIBUTES.deadline) : undefined)?.toISOString() ?? null,
    accountId: attributes.get(ATTRIBUTES.accountId) ?? null,
  };
}

function statusOf({ status, typedSearchAttributes }: FoundRun): Status {
  switch (status.name) {
    case 'FAILED':
    case 'TERMINATED':
    case 'TIMED_OUT':
    case 'CANCELLED':
      return 'failed';
    default: {
      const written = typedSearchAttributes.get(ATTRIBUTES.status);
      return STATUSES.find((one) => one === written) ?? 'requesting-access';
    }
  }
}
