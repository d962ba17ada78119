/** Many onboardings, from Temporal's visibility store, which may lag a second behind. */
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { OnboardingNotFoundError } from './errors/index.ts';
import { readView } from './read-view.ts';
import { summaryOf } from './summary.ts';
import { callTemporal } from './temporal-call.ts';
import { listQuery, type ListFilter } from './visibility-query.ts';
import type { OnboardingSummary } from './view-types.ts';

/** So many are described at a time to find those that are stuck. */
const AT_A_TIME = 16;

/** Open ones first, then the last to end; of each reference only the newest run that fits. */
export async function* listOnboardings(
  temporal: Client,
  filter: ListFilter,
  hashesOf: (email: string) => readonly string[],
): AsyncIterableIterator<OnboardingSummary> {
  const found = search(temporal, listQuery(filter, hashesOf));
  yield* filter.stuckOnly === true ? stuckAmong(temporal, found) : found;
}

async function* search(temporal: Client, query: string): AsyncIterableIterator<OnboardingSummary> {
  const seen = new Set<string>();
  const runs = temporal.workflow.list({ query })[Symbol.asyncIterator]();
  for (;;) {
    const next: IteratorResult<WorkflowExecutionInfo> = await callTemporal(temporal, () =>
      runs.next(),
    );
    if (next.done === true) return;
    const summary = summaryOf(next.value);
    if (seen.has(summary.reference)) continue;
    seen.add(summary.reference);
    yield summary;
  }
}

async function* stuckAmong(
  temporal: Client,
  found: AsyncIterableIterator<OnboardingSummary>,
): AsyncIterableIterator<OnboardingSummary> {
  const isStuck = async ({ reference }: OnboardingSummary): Promise<boolean> => {
    try {
      return (await readView(temporal, reference)).stuck;
    } catch (error) {
      if (error instanceof OnboardingNotFoundError) return false;
      throw error;
    }
  };
  for await (const some of inGroups(found)) {
    const stuck = await Promise.all(some.map(isStuck));
    yield* some.filter((_, index) => stuck[index]);
  }
}

async function* inGroups<T>(all: AsyncIterable<T>): AsyncIterableIterator<readonly T[]> {
  let group: T[] = [];
  for await (const one of all) {
    group.push(one);
    if (group.length < AT_A_TIME) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
