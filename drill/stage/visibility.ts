/** Counts onboardings by search attributes, which are not encrypted. */
import { Connection } from '@temporalio/client';
import { WORKFLOW_TYPE } from '../../workflows/contract/index.ts';
import type { TemporalAt } from './options.ts';

export interface Counts {
  readonly open: number;
  readonly ended: number;
}

export interface Visibility {
  /** Undefined while Temporal is down. */
  counts(): Promise<Counts | undefined>;
  /** The number of open onboardings that match; undefined while Temporal is down. */
  countOpen(query: string): Promise<number | undefined>;
  readonly close: () => Promise<void>;
}

const ANSWER_WITHIN_MS = 5_000;
const OURS = `WorkflowType = '${WORKFLOW_TYPE}'`;
const OPEN = `${OURS} AND ExecutionStatus = 'Running'`;
const ENDED = `${OURS} AND ExecutionStatus IN ('Completed', 'Failed', 'Terminated', 'TimedOut', 'Canceled')`;

export function visibilityOf({ address, namespace }: TemporalAt): Visibility {
  const connection = Connection.lazy({ address });
  const count = async (query: string): Promise<number | undefined> => {
    try {
      const answer = await connection.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
        connection.workflowService.countWorkflowExecutions({ namespace, query }),
      );
      return Number(answer.count);
    } catch {
      return undefined;
    }
  };
  return {
    async counts() {
      const [open, ended] = [await count(OPEN), await count(ENDED)];
      return open === undefined || ended === undefined ? undefined : { open, ended };
    },
    countOpen: (query) => count(`${OPEN} AND ${query}`),
    close: () => connection.close(),
  };
}
