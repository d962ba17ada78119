/** The policy that onboardings follow: each reads the worker's at its beginning, and again on a signal. */
import { randomUUID } from 'node:crypto';
import { WorkflowFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { TimeoutFailure, TypedSearchAttributes } from '@temporalio/common';
import {
  applyPolicySignal,
  ATTRIBUTES,
  referenceOf,
  TASK_QUEUE,
  WORKER_POLICY_TYPE,
  WORKFLOW_TYPE,
  type WorkerPolicy,
} from '../workflows/contract/index.ts';
import { keyAttribute } from './encryption.ts';
import { NoWorkerError } from './errors.ts';
import { searchAll } from './search.ts';
import { callTemporal } from './temporal-call.ts';
import { identitiesOfWorkers } from './worker-keys.ts';

/** Shorter than the limit of a call to Temporal. */
const ANSWERED_WITHIN_MS = 8_000;

/** Reads it by a small workflow, which Temporal keeps for the retention. @throws NoWorkerError, TemporalUnavailableError */
export async function readWorkerPolicy(temporal: Client): Promise<WorkerPolicy> {
  try {
    return await callTemporal(temporal, () =>
      temporal.workflow.execute<() => Promise<WorkerPolicy>>(WORKER_POLICY_TYPE, {
        workflowId: `worker-policy/${randomUUID()}`,
        taskQueue: TASK_QUEUE,
        workflowExecutionTimeout: ANSWERED_WITHIN_MS,
        staticSummary: 'reads the policy of a worker',
        typedSearchAttributes: new TypedSearchAttributes([...keyAttribute(temporal)]),
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowFailedError && error.cause instanceof TimeoutFailure))
      throw error;
    throw new NoWorkerError('the policy', ANSWERED_WITHIN_MS, 'a-question');
  }
}

const WITH_POLICY = / policy=([0-9a-f]+)(?: |$)/;

/** Fingerprints of the workers' policies: one, unless workers have different settings. */
export async function policiesOfWorkers(temporal: Client): Promise<readonly string[]> {
  const identities = await identitiesOfWorkers(temporal);
  return [...new Set(identities.flatMap((identity) => WITH_POLICY.exec(identity)?.[1] ?? []))];
}

/**
 * Without those that wait for their first call: while workers are behind, they are many, and most follow this policy.
 *
 * @throws TemporalUnavailableError
 */
export async function countUnderOtherPolicy(
  temporal: Client,
  fingerprint: string,
): Promise<number> {
  const query = otherPolicy(fingerprint, 'without-unshown');
  const request = { namespace: temporal.options.namespace, query };
  const { count } = await callTemporal(temporal, () =>
    temporal.workflowService.countWorkflowExecutions(request),
  );
  return Number(count);
}

/** @throws TemporalUnavailableError */
export async function* applyPolicy(
  temporal: Client,
  fingerprint: string,
): AsyncIterableIterator<string> {
  for await (const { workflowId } of searchAll(
    temporal,
    otherPolicy(fingerprint, 'with-unshown'),
  )) {
    const reference = referenceOf(workflowId);
    if (reference !== undefined && (await isSignalled(temporal, workflowId))) yield reference;
  }
}

/** False if the onboarding ended since the search. */
async function isSignalled(temporal: Client, workflowId: string): Promise<boolean> {
  try {
    await callTemporal(temporal, () =>
      temporal.workflow.getHandle(workflowId).signal(applyPolicySignal),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/**
 * A list filter: open onboardings that follow another policy. One that waits for its first call to AR24 does not show
 * which it follows.
 *
 * @param unshown whether those count, too
 */
function otherPolicy(fingerprint: string, unshown: 'with-unshown' | 'without-unshown'): string {
  // It becomes part of a query.
  if (!/^[0-9a-f]+$/.test(fingerprint)) throw new TypeError('no fingerprint of a policy');
  const { name } = ATTRIBUTES.policy;
  const isOther = `${name} != '${fingerprint}'`;
  const isMeant =
    unshown === 'with-unshown'
      ? `(${isOther} OR ${name} IS NULL)`
      : `${isOther} AND ${name} IS NOT NULL`;
  return `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus = 'Running' AND ${isMeant}`;
}
