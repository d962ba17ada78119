/** An onboarding as its search attributes tell it. */
import type { WorkflowExecutionInfo } from '@temporalio/client';
import {
  ATTRIBUTES,
  PROBLEM_KINDS,
  referenceOf,
  REQUIREMENTS,
  STATUSES,
  type Status,
} from '../workflows/contract/index.ts';
import type { OnboardingSummary } from './view-types.ts';

type Described = Pick<
  WorkflowExecutionInfo,
  'workflowId' | 'runId' | 'startTime' | 'status' | 'typedSearchAttributes'
>;

export function summaryOf(run: Described): OnboardingSummary {
  const attributes = run.typedSearchAttributes;
  const status = statusOf(run);
  const isOpen = run.status.name === 'RUNNING' || run.status.name === 'PAUSED';
  const waitingFor = attributes.get(ATTRIBUTES.waitingFor) ?? [];
  const problem = PROBLEM_KINDS.find((kind) => kind === attributes.get(ATTRIBUTES.problem));
  return {
    reference: referenceOf(run.workflowId) ?? run.workflowId,
    runId: run.runId,
    status,
    // What a run was at when it failed stays in its attributes.
    waitingFor: isOpen ? REQUIREMENTS.filter((one) => waitingFor.includes(one)) : [],
    problem: isOpen && problem ? { kind: problem } : null,
    since: (attributes.get(ATTRIBUTES.since) ?? run.startTime).toISOString(),
    startedAt: run.startTime.toISOString(),
    deadline: (isOpen ? attributes.get(ATTRIBUTES.deadline) : undefined)?.toISOString() ?? null,
    accountId: attributes.get(ATTRIBUTES.accountId) ?? null,
  };
}

function statusOf({ status, typedSearchAttributes }: Described): Status {
  switch (status.name) {
    case 'FAILED':
    case 'TERMINATED':
    case 'TIMED_OUT':
    case 'CANCELLED':
      return 'failed';
    default: {
      const told = typedSearchAttributes.get(ATTRIBUTES.status);
      return STATUSES.find((one) => one === told) ?? 'requesting-access';
    }
  }
}
