/** Somebody heard that something happened at AR24: whom it may be about, and having it looked at. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { checkSignal, referenceOf } from '../workflows/contract/index.ts';
import { handleOf } from './onboarding-run.ts';
import { callTemporal } from './temporal-call.ts';

/** Whose onboardings are looked for: those of the account, and those of the address. */
export interface HintedPerson {
  /** AR24's id of the account. */
  readonly accountId?: string | undefined;
  readonly email?: string | undefined;
}

/** One person rarely has two; more than that would be somebody's game. */
const MOST = 20;

/** References, found by `openOfQuery`. Search may lag a second behind. @throws TemporalUnavailableError */
export async function openOnboardings(temporal: Client, query: string): Promise<readonly string[]> {
  const { namespace } = temporal.options;
  const { executions } = await callTemporal(temporal, () =>
    temporal.workflowService.listWorkflowExecutions({ namespace, query, pageSize: MOST }),
  );
  return executions.flatMap(({ execution }) => referenceOf(execution?.workflowId ?? '') ?? []);
}

/**
 * Has AR24 looked at for each that is open. Durable once it resolves, with no worker up too.
 *
 * @returns those that were open
 * @throws TemporalUnavailableError; some may have got it then, and it may be repeated
 */
export async function hintAt(
  temporal: Client,
  references: readonly string[],
  by: string,
): Promise<readonly string[]> {
  const open = await Promise.all(
    references.map((reference) => signalCheck(temporal, reference, by)),
  );
  return references.filter((_, index) => open[index]);
}

/** Whether it was open. */
async function signalCheck(temporal: Client, reference: string, by: string): Promise<boolean> {
  try {
    await callTemporal(temporal, () => handleOf(temporal, reference).signal(checkSignal, { by }));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
