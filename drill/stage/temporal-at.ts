/** The drill's own eyes on Temporal: it counts, and reads nothing that may be encrypted. */
import { Connection } from '@temporalio/client';
import { WORKFLOW_TYPE } from '../../workflows/contract/index.ts';
import type { TemporalAt } from './options.ts';

export interface Counts {
  readonly open: number;
  readonly ended: number;
}

export interface TemporalEyes {
  /** Undefined while Temporal is away. */
  counts(): Promise<Counts | undefined>;
  /** Open onboardings that fit, undefined while Temporal is away. */
  countOpen(query: string): Promise<number | undefined>;
  readonly close: () => Promise<void>;
}

const ANSWER_WITHIN_MS = 5_000;
const OURS = `WorkflowType = '${WORKFLOW_TYPE}'`;
const OPEN = `${OURS} AND ExecutionStatus = 'Running'`;
const ENDED = `${OURS} AND ExecutionStatus IN ('Completed', 'Failed', 'Terminated', 'TimedOut', 'Canceled')`;

export function eyesOn({ address, namespace }: TemporalAt): TemporalEyes {
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
