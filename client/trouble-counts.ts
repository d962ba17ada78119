/** Counts open onboardings by their kind of trouble. Reads none of them. */
import type { Client } from '@temporalio/client';
import { ATTRIBUTES, PROBLEM_KINDS, type ProblemKind } from '../workflows/contract/index.ts';
import { readBacklog, type Backlog } from './backlog.ts';
import { FAILING_TASK, longProblem } from './find-stuck.ts';
import { countIfKnown, countOf } from './search.ts';
import { listQuery } from './visibility-query.ts';

export interface TroubleCounts {
  readonly open: number;
  /** Onboardings with a problem, by its kind, and how many of them have had it for over an hour. Without counts of 0. */
  readonly problems: ReadonlyMap<
    ProblemKind,
    { readonly all: number; readonly overAnHour: number }
  >;
  /** With a question to an operator, whatever else is outstanding. */
  readonly awaitingOperator: number;
  /** Onboardings whose workflow tasks fail. Undefined if the server does not report it (before 1.30). */
  readonly failingTasks: number | undefined;
  /** How long tasks wait for a worker. Undefined if the server does not report it. */
  readonly backlog: Backlog | undefined;
}

/** @throws TemporalUnavailableError */
export async function countTroubles(temporal: Client): Promise<TroubleCounts> {
  const open = listQuery({ stuckOnly: true }, () => []);
  const withProblem = `${open} AND ${ATTRIBUTES.problem.name} IS NOT NULL`;
  const [all, troubled, awaitingOperator, failingTasks, backlog] = await Promise.all([
    countOf(temporal, open),
    countOf(temporal, withProblem),
    countOf(
      temporal,
      listQuery({ waitingFor: 'operator' }, () => []),
    ),
    countIfKnown(temporal, `${open} AND ${FAILING_TASK}`),
    readBacklog(temporal),
  ]);
  // Servers refuse to group by an attribute: one count for each kind.
  const kinds = troubled === 0 ? [] : PROBLEM_KINDS;
  const counts = await Promise.all(
    kinds.map(async (kind) => {
      const ofKind = `${open} AND ${ATTRIBUTES.problem.name} = '${kind}'`;
      const count = await countOf(temporal, ofKind);
      // Most kinds have none, so that the second count is rare.
      const overAnHour =
        count === 0 ? 0 : await countOf(temporal, `${ofKind} AND ${longProblem(Date.now())}`);
      return [kind, { all: Math.max(count, overAnHour), overAnHour }] as const;
    }),
  );
  return {
    open: all,
    problems: new Map(counts.filter(([, { all: count }]) => count > 0)),
    awaitingOperator,
    failingTasks,
    backlog,
  };
}
